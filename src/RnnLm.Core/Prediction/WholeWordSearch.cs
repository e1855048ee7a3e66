using RnnLm.Numerics;
using RnnLm.Text;

namespace RnnLm.Prediction;

/// <summary>
/// Finds the most probable whole words of a model whose words are pieces: best first over the pieces that words begin with, until they end. A word has the probability
/// of its pieces, one after the other, with the white space before it with which it is most probable; as pieces tell where they end, the probabilities of all
/// words sum to one at most.
/// </summary>
/// <remarks>
/// A beginning is only looked at where nothing better is left, so that what is found is exact, unless <see cref="MostSteps"/> beginnings are not enough. Pieces that are not
/// those into which their text is split are no words: a text that is read never has them.
/// </remarks>
/// <param name="model">The model.</param>
/// <param name="tokenizer">Its tokenizer.</param>
/// <param name="exclude">The special words that are never predicted.</param>
internal sealed class WholeWordSearch(IPieceModel model, SubwordTokenizer tokenizer, SpecialWords exclude)
{
    /// <summary>How many beginnings of words are looked at, at most.</summary>
    public const int MostSteps = 1024;

    private const int FirstAlternatives = 64; // of a beginning; more are looked for where these are used up

    private readonly PriorityQueue<(Beginning Beginning, int Place), double> queue = new();
    private readonly HashSet<string> found = new(StringComparer.Ordinal);

    /// <summary>Finds words.</summary>
    /// <param name="state">What was read; left as it is.</param>
    /// <param name="count">How many.</param>
    public NextWordPredictions Find(RecurrentState state, int count)
    {
        queue.Clear();
        found.Clear();
        var words = new List<NextWordPrediction>();
        var root = Look(state, []);
        var (unknown, endOfLine) = (Math.Exp(root.LogProbabilities[Vocabulary.UnknownId]), Math.Exp(root.LogProbabilities[Vocabulary.EndOfLineId]));
        exclude.ExcludeFrom(root.LogProbabilities);
        Enqueue(root, 0);
        for (var steps = 1; words.Count < count && queue.TryDequeue(out var next, out var cost);)
        {
            var (beginning, place) = next;
            var id = beginning.Order[place];
            Enqueue(beginning, place + 1);
            int[] pieces = [.. beginning.Pieces, id];
            if (id <= Vocabulary.EndOfLineId)
            {
                if (pieces.Length == 1) words.Add(new NextWordPrediction(model.Vocabulary[id], id, Math.Exp(-cost)));
            }
            else if (!SubwordTokenizer.EndsWord(model.Vocabulary[id]))
            {
                if (steps++ < MostSteps) Enqueue(LookBehind(beginning, pieces, -cost), 0);
            }
            else if (WordOf(pieces) is { } word && found.Add(word))
            {
                words.Add(new NextWordPrediction(word, pieces, Math.Exp(-cost)));
            }
        }
        return new NextWordPredictions([.. words], unknown, endOfLine);
    }

    private Beginning LookBehind(Beginning before, int[] pieces, double logProbability)
    {
        var state = before.State.Clone();
        model.Step(pieces[^1], state);
        return Look(state, pieces, logProbability);
    }

    private Beginning Look(RecurrentState state, int[] pieces, double logProbability = 0)
    {
        var logProbabilities = new float[model.Vocabulary.Count];
        model.LogProbabilities(state, logProbabilities);
        return new Beginning(state, pieces, logProbability, logProbabilities);
    }

    private void Enqueue(Beginning beginning, int place)
    {
        if (!beginning.Has(place)) return;
        var logProbability = beginning.LogProbability + beginning.LogProbabilities[beginning.Order[place]];
        if (!double.IsNegativeInfinity(logProbability)) queue.Enqueue((beginning, place), -logProbability);
    }

    /// <summary>The word of pieces; null where a text that is split has no such pieces, or white space alone.</summary>
    private string? WordOf(int[] pieces)
    {
        var spelled = pieces.Select(piece => model.Vocabulary[piece]).ToList();
        var text = tokenizer.Join(spelled);
        var word = text[SpacedWordTokenizer.LengthOfSpace(text)..];
        return word.Length > 0 && tokenizer.Tokenize(text).SequenceEqual(spelled) ? word : null;
    }

    /// <summary>The pieces that a word may begin with, and what may come next.</summary>
    /// <param name="state">What was read, the pieces too.</param>
    /// <param name="pieces">The pieces' ids.</param>
    /// <param name="logProbability">The natural logarithm of their probability.</param>
    /// <param name="logProbabilities">Those of the next piece: <c>[vocabulary]</c>.</param>
    private sealed class Beginning(RecurrentState state, int[] pieces, double logProbability, float[] logProbabilities)
    {
        public RecurrentState State => state;

        public int[] Pieces => pieces;

        public double LogProbability => logProbability;

        public float[] LogProbabilities => logProbabilities;

        /// <summary>The most probable next pieces, the most probable first.</summary>
        public int[] Order { get; private set; } = [];

        /// <summary>Whether there are so many pieces that may come next; <see cref="Order"/> has the piece at the place then.</summary>
        public bool Has(int place)
        {
            if (place < Order.Length) return true;
            if (Order.Length == logProbabilities.Length) return false;
            Order = new int[Math.Min(logProbabilities.Length, Math.Max(FirstAlternatives, 4 * Order.Length))];
            VectorFunctions.TopK(logProbabilities, Order);
            return place < Order.Length;
        }
    }
}
