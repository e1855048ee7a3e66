namespace RnnLm.Training;

/// <summary>
/// Gives a network new words behind those it has. What it has learned stays as it is, bit for bit, but for the bias by which the unknown word hands its
/// probability on.
/// </summary>
internal static class ExtendedWeights
{
    private const int UnknownId = Vocabulary.UnknownId;

    /// <summary>Makes the weights of the larger network.</summary>
    /// <param name="weights">Those of the network.</param>
    /// <param name="wordCounts">How often each word of the larger vocabulary occurs in the text to learn.</param>
    public static NetworkWeights Create(NetworkWeights weights, IReadOnlyList<long> wordCounts)
    {
        var larger = new NetworkWeights(weights.Shape with { VocabularySize = wordCounts.Count });
        foreach (var (from, to) in weights.Parameters.Zip(larger.Parameters)) from.Values.CopyTo(to.Values, 0);

        FillBehind(weights.Embedding, larger.Embedding, weights.Embedding.Matrix.Row(UnknownId));
        return larger;
    }

    /// <summary>Fills the rows of a matrix that the smaller one lacks.</summary>
    private static void FillBehind(NetworkParameter smaller, NetworkParameter larger, ReadOnlySpan<float> row)
    {
        for (var word = smaller.Rows; word < larger.Rows; word++) row.CopyTo(larger.Matrix.Row(word));
    }
}
