using RnnLm.Text;

namespace RnnLm.Tests.Suggestions;

/// <summary>Whole words of a model of subwords by looking at every row of pieces, and byte-pair encoding by its definition.</summary>
/// <param name="model">The model.</param>
internal sealed class PlainPieces(LanguageModel model)
{
    private readonly SubwordTokenizer tokenizer = (SubwordTokenizer)model.Tokenizer;

    private readonly Dictionary<(string, string), int> ranks =
        ((SubwordTokenizer)model.Tokenizer).Merges.Select((merge, rank) => (merge, rank)).ToDictionary(pair => (pair.merge.Left, pair.merge.Right), pair => pair.rank);

    /// <summary>The probability of all words that begin with some text: of every row of pieces that reaches its end with the last one, and that such a text may be split into.</summary>
    public double Mass(RecurrentState state, string beginning)
    {
        var bytes = ByteAlphabet.Spell(beginning);
        return Look(state, []);

        double Look(RecurrentState before, string[] pieces)
        {
            var (sum, distribution) = (0.0, Distribution(before));
            var read = Bytes(pieces);
            for (var id = 2; id < distribution.Length; id++)
            {
                string[] longer = [.. pieces, model.Vocabulary[id]];
                var all = Bytes(longer);
                if (all.Length >= bytes.Length)
                {
                    if (all.StartsWith(bytes, StringComparison.Ordinal) && Encode(all, SubwordTokenizer.EndsWord(longer[^1])).SequenceEqual(longer)) sum += Math.Exp(distribution[id]);
                }
                else if (bytes.StartsWith(all, StringComparison.Ordinal) && !SubwordTokenizer.EndsWord(longer[^1]))
                {
                    sum += Math.Exp(distribution[id]) * Look(After(before, id), longer);
                }
            }
            return sum;
        }
    }

    /// <summary>Every word that is at least so probable, with the white space before it.</summary>
    /// <param name="state">What was read before.</param>
    /// <param name="least">The least probability.</param>
    /// <param name="mayBe">Whether a word may begin with some bytes, spelled as pieces are.</param>
    public Dictionary<string, double> Words(RecurrentState state, double least, Func<string, bool> mayBe)
    {
        var words = new Dictionary<string, double>();
        Look(state, [], 0);
        return words;

        void Look(RecurrentState before, string[] pieces, double logProbability)
        {
            var distribution = Distribution(before);
            for (var id = 2; id < distribution.Length; id++)
            {
                var sum = logProbability + distribution[id];
                if (Math.Exp(sum) < least) continue;
                string[] longer = [.. pieces, model.Vocabulary[id]];
                if (!mayBe(Bytes(longer))) continue;
                var text = tokenizer.Join(longer);
                if (!SubwordTokenizer.EndsWord(longer[^1])) Look(After(before, id), longer, sum);
                else if (SpacedWordTokenizer.LengthOfSpace(text) < text.Length && tokenizer.Tokenize(text).SequenceEqual(longer)) words.Add(text, Math.Exp(sum));
            }
        }
    }

    /// <summary>The pieces of bytes: again and again the pair of the lowest rank is merged, of several the first.</summary>
    private List<string> Encode(string bytes, bool endsWord)
    {
        List<string> pieces = [.. bytes.Select(value => value.ToString())];
        if (endsWord) pieces[^1] += ByteAlphabet.WordEnd;
        while (Enumerable.Range(0, pieces.Count - 1).Where(i => ranks.ContainsKey((pieces[i], pieces[i + 1]))).Select(i => (int?)i).MinBy(i => ranks[(pieces[i!.Value], pieces[i.Value + 1])]) is { } best)
        {
            pieces[best] += pieces[best + 1];
            pieces.RemoveAt(best + 1);
        }
        return pieces;
    }

    private float[] Distribution(RecurrentState state)
    {
        var logProbabilities = new float[model.Vocabulary.Count];
        model.LogProbabilities(state, logProbabilities);
        return logProbabilities;
    }

    private RecurrentState After(RecurrentState state, int id)
    {
        var next = state.Clone();
        model.Network.Step(id, next);
        return next;
    }

    private static string Bytes(string[] pieces) => string.Concat(pieces.Select(piece => ByteAlphabet.WithoutEnd(piece).ToString()));
}
