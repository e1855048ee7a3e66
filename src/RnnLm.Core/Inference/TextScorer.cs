using RnnLm.Numerics;

namespace RnnLm.Inference;

/// <summary>
/// Gives every word of a text its log-probability: reads a stretch of words, and scores them all in one go. It has working room, so it belongs to
/// one thread.
/// </summary>
/// <param name="network">The network.</param>
internal sealed class TextScorer(Network network)
{
    private readonly WordQueries queries = new();
    private readonly WordScorer scorer = network.Output.CreateScorer(WordScorer.StatesAtOnce);
    // room: [words, output], the states before each
    private readonly float[] room = new float[WordScorer.StatesAtOnce * network.Shape.OutputSize];

    /// <summary>Gives the log-probability that each word had before it was read, and reads all but the last.</summary>
    /// <param name="words">The words' ids.</param>
    /// <param name="state">What was read before; moved on by all words but the last.</param>
    /// <param name="logProbabilities">Receives their natural logarithms, as many as there are words.</param>
    /// <param name="cancellationToken">Ends it early, between two stretches.</param>
    public void Score(ReadOnlySpan<int> words, RecurrentState state, Span<double> logProbabilities, CancellationToken cancellationToken)
    {
        for (var start = 0; start < words.Length; start += WordScorer.StatesAtOnce)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var stretch = words.Slice(start, Math.Min(WordScorer.StatesAtOnce, words.Length - start));
            if (start > 0) network.Step(words[start - 1], state);
            var states = new MatrixView(room, stretch.Length, network.Shape.OutputSize);
            state.Output.CopyTo(states.Row(0));
            network.Read(stretch[..^1], state, states.RowRange(1, stretch.Length - 1));

            queries.Clear();
            for (var i = 0; i < stretch.Length; i++) queries.Add(i, stretch[i]);
            scorer.Score(states, queries);
            queries.LogProbabilities.CopyTo(logProbabilities[start..]);
        }
    }
}
