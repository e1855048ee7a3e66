namespace RnnLm.Training;

/// <summary>The distributions from which words can be drawn, as a probability for each.</summary>
internal static class WordDistribution
{
    /// <summary><c>P(id) = ln((id + 2) / (id + 1)) / ln(V + 1)</c>, about Zipf's law for words in the order of frequency.</summary>
    /// <param name="words">The number <c>V</c> of words.</param>
    public static double[] LogUniform(int words)
    {
        var probabilities = new double[words];
        var scale = 1 / Math.Log(words + 1.0);
        for (var id = 0; id < words; id++) probabilities[id] = Math.Log((id + 2.0) / (id + 1.0)) * scale;
        return probabilities;
    }

    /// <summary>In proportion to how often each word occurs; one that does not counts as once, so that it is drawn at all.</summary>
    /// <param name="counts">How often each word occurs.</param>
    public static double[] Unigram(IReadOnlyList<long> counts)
    {
        var probabilities = new double[counts.Count];
        for (var id = 0; id < probabilities.Length; id++) probabilities[id] = Math.Max(1, counts[id]);
        var total = probabilities.Sum();
        for (var id = 0; id < probabilities.Length; id++) probabilities[id] /= total;
        return probabilities;
    }
}
