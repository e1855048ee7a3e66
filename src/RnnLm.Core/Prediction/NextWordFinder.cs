using RnnLm.Inference;
using RnnLm.Numerics;

namespace RnnLm.Prediction;

/// <summary>Finds the most probable words after some states. It has working room, so it belongs to one thread.</summary>
/// <param name="output">The network's output layer.</param>
/// <param name="vocabulary">The words it predicts.</param>
/// <param name="count">How many words, at most as many as the vocabulary has.</param>
/// <param name="exclude">The words that are never predicted.</param>
internal sealed class NextWordFinder(OutputLayer output, Vocabulary vocabulary, int count, SpecialWords exclude) : ILogitReceiver
{
    private const int GreatestCapacity = 128;

    private readonly LogNormalizers normalizers = new(CapacityFor(count));
    private readonly float[] unknownLogits = new float[CapacityFor(count)];
    // The best words so far of every state in falling order: [capacity, count], and how many there are.
    private readonly (int Id, float Logit)[] best = new (int, float)[CapacityFor(count) * count];
    private readonly int[] found = new int[CapacityFor(count)];
    private readonly (int Id, float Logit)[] merged = new (int, float)[count];
    // Two more than are wanted: the best of a tile may be words that are excluded.
    private readonly int[] ofTile = new int[count + 2];

    /// <summary>Finds the words.</summary>
    /// <param name="states">The states: <c>[n, output]</c>.</param>
    /// <param name="predictions">Receives the words that come next after each.</param>
    public void Find(MatrixView states, Span<NextWordPredictions> predictions)
    {
        for (var start = 0; start < states.Rows; start += found.Length)
        {
            var length = Math.Min(found.Length, states.Rows - start);
            FindAtOnce(states.RowRange(start, length), predictions.Slice(start, length));
        }
    }

    private void FindAtOnce(MatrixView states, Span<NextWordPredictions> predictions)
    {
        normalizers.Clear(states.Rows);
        found.AsSpan(0, states.Rows).Clear();
        output.Logits(states, this);
        for (var state = 0; state < states.Rows; state++)
        {
            var normalizer = (float)normalizers.Of(state);
            var words = new NextWordPrediction[found[state]];
            for (var i = 0; i < words.Length; i++)
            {
                var (id, logit) = best[(state * count) + i];
                words[i] = new NextWordPrediction(vocabulary[id], id, Math.Exp(logit - normalizer));
            }
            predictions[state] = new NextWordPredictions(words, Math.Exp(unknownLogits[state] - normalizer));
        }
    }

    // No more than some megabytes, however many words are wanted.
    private static int CapacityFor(int count) => Math.Clamp((1 << 20) / count, 1, GreatestCapacity);

    void ILogitReceiver.Take(int firstState, int firstWord, MatrixView tile)
    {
        for (var i = 0; i < tile.Rows; i++)
        {
            var state = firstState + i;
            var logits = tile.Row(i);
            if (firstWord == Vocabulary.UnknownId) unknownLogits[state] = logits[Vocabulary.UnknownId];
            var max = VectorFunctions.Max(logits);
            if (found[state] < count || max > best[(state * count) + count - 1].Logit) Merge(state, firstWord, logits);
            normalizers.Add(state, logits, max);
        }
    }

    /// <summary>Puts the best words of a tile among the best so far; of equal ones those so far, whose ids are lower, come first.</summary>
    private void Merge(int state, int firstWord, ReadOnlySpan<float> logits)
    {
        var soFar = best.AsSpan(state * count, found[state]);
        var (next, taken) = (0, 0);
        var newcomers = ofTile.AsSpan(0, VectorFunctions.TopK(logits, ofTile));
        foreach (var word in newcomers)
        {
            if (IsExcluded(firstWord + word) || float.IsNegativeInfinity(logits[word])) continue;
            while (taken < count && next < soFar.Length && soFar[next].Logit >= logits[word]) merged[taken++] = soFar[next++];
            if (taken == count) break;
            merged[taken++] = (firstWord + word, logits[word]);
        }
        while (taken < count && next < soFar.Length) merged[taken++] = soFar[next++];
        merged.AsSpan(0, taken).CopyTo(best.AsSpan(state * count));
        found[state] = taken;
    }

    private bool IsExcluded(int word)
        => (word == Vocabulary.UnknownId && (exclude & SpecialWords.Unknown) != 0) || (word == Vocabulary.EndOfLineId && (exclude & SpecialWords.EndOfLine) != 0);
}
