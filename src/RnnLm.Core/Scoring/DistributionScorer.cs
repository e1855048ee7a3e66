using RnnLm.Inference;
using RnnLm.Numerics;

namespace RnnLm.Scoring;

/// <summary>
/// Gives every word of a text its log-probability, with the bits that <see cref="TextScorer"/> gives it, its rank and the entropy of its prediction: reads a
/// stretch of words, and works out the whole distribution before each.
/// </summary>
internal static class DistributionScorer
{
    /// <summary>Measures every word before it is read, and reads all but the last.</summary>
    /// <param name="network">The network.</param>
    /// <param name="words">The words' ids.</param>
    /// <param name="state">What was read before; moved on by all words but the last.</param>
    /// <param name="measures">Receives what is found, of as many words.</param>
    /// <param name="cancellationToken">Ends it early, between two stretches.</param>
    public static void Score(Network network, int[] words, RecurrentState state, WordMeasures measures, CancellationToken cancellationToken)
    {
        var columns = network.Shape.OutputSize;
        var room = new float[Math.Min(WordScorer.StatesAtOnce, words.Length) * columns]; // [words, output], the states before each
        for (var start = 0; start < words.Length; start += WordScorer.StatesAtOnce)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var stretch = words.AsSpan(start, Math.Min(WordScorer.StatesAtOnce, words.Length - start));
            if (start > 0) network.Step(words[start - 1], state);
            var states = new MatrixView(room, stretch.Length, columns);
            state.Output.CopyTo(states.Row(0));
            network.Read(stretch[..^1], state, states.RowRange(1, stretch.Length - 1));
            var first = start;
            network.Output.Distributions(states, (row, logits, normalizer) => Measure(first + row, words[first + row], logits, normalizer, measures));
        }
    }

    private static void Measure(int place, int word, ReadOnlySpan<float> logits, float normalizer, WordMeasures measures)
    {
        measures.LogProbabilities[place] = (double)logits[word] - normalizer;
        if (measures.Ranks is { } ranks) ranks[place] = Rank.Before(word, logits[word], logits);
        if (measures.Entropies is { } entropies) entropies[place] = Entropy.OfLogits(logits, normalizer);
    }
}
