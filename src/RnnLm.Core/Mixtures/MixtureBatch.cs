using RnnLm.Scoring;

namespace RnnLm.Mixtures;

/// <summary>
/// Gives every word of many texts its log-probability by a mixture without caches: each network reads what texts begin with once, and n-gram models look at words
/// alone. A word's answer is to the last bit that of the text by itself.
/// </summary>
internal static class MixtureBatch
{
    /// <summary>Whether a mixture can be asked so: a cache holds the states along each text, which are then not the same for all.</summary>
    public static bool Takes(Mixture mixture) => mixture.Networks.All(part => part.Cache is null);

    /// <summary>Scores texts.</summary>
    /// <param name="mixture">The mixture, without caches.</param>
    /// <param name="start">What was read before every text, left as it is; null for the beginning of a line.</param>
    /// <param name="ids">The words' ids of each text.</param>
    /// <param name="logProbabilities">Receives their natural logarithms, for each text as many as it has words.</param>
    /// <param name="batch">How many threads.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static void Score(Mixture mixture, RecurrentState? start, int[][] ids, double[][] logProbabilities, BatchOptions batch)
    {
        var companion = start is null ? null : mixture.Check(start);
        double[][] ofPart = [.. ids.Select(text => new double[text.Length])];
        foreach (var sum in logProbabilities) Array.Fill(sum, LogSum.Zero);
        for (var network = 0; network < mixture.Networks.Count; network++)
        {
            var part = mixture.Networks[network];
            BatchScoring.Score(part.Network, companion?.StateOf(network, start!).States, ids, ofPart, batch);
            Add(ofPart, Math.Log(part.WeightOfNetwork(cached: false)), logProbabilities);
        }
        int[] before = companion is null ? [Vocabulary.EndOfLineId] : [.. companion.Context];
        foreach (var nGram in mixture.NGrams)
        {
            for (var text = 0; text < ids.Length; text++)
            {
                batch.CancellationToken.ThrowIfCancellationRequested();
                Score(nGram, before, ids[text], ofPart[text]);
            }
            Add(ofPart, Math.Log(nGram.Weight), logProbabilities);
        }
    }

    private static void Score(InterpolatedNGram nGram, int[] before, int[] ids, double[] logProbabilities)
    {
        ReadOnlySpan<int> text = [.. before, .. ids];
        for (var i = 0; i < ids.Length; i++)
        {
            var end = before.Length + i;
            logProbabilities[i] = nGram.LogProbability(text[Math.Max(0, end - nGram.ContextLength)..end], ids[i]);
        }
    }

    private static void Add(double[][] ofPart, double logWeight, double[][] sums)
    {
        for (var text = 0; text < sums.Length; text++)
            for (var i = 0; i < sums[text].Length; i++) sums[text][i] = LogSum.Add(sums[text][i], ofPart[text][i] + logWeight);
    }
}
