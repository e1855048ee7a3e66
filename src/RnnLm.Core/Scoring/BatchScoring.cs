using RnnLm.Inference;
using RnnLm.Reading;

namespace RnnLm.Scoring;

/// <summary>Gives every word of many texts its log-probability by a network, on several threads; what texts of a batch begin with is read once.</summary>
internal static class BatchScoring
{
    /// <summary>Scores texts. A word's answer is the same to the last bit however many texts and threads there are.</summary>
    /// <param name="network">The network.</param>
    /// <param name="start">What was read before every text, a single state; null for the beginning of a line.</param>
    /// <param name="ids">The words' ids of each text.</param>
    /// <param name="logProbabilities">Receives their natural logarithms, for each text as many as it has words.</param>
    /// <param name="batch">How many threads.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static void Score(Network network, RecurrentStates? start, int[][] ids, double[][] logProbabilities, BatchOptions batch)
    {
        // The last word of a text is scored but never read.
        ReadOnlyMemory<int>[] contexts = [.. ids.Select(text => text.AsMemory(0, Math.Max(0, text.Length - 1)))];
        TextBatches.Run(contexts, batch, capacity =>
        {
            var scorer = new BatchScorer(network, capacity, start);
            return (batchContexts, places) => scorer.Score(batchContexts, places, ids, logProbabilities, batch.CancellationToken);
        });
    }
}
