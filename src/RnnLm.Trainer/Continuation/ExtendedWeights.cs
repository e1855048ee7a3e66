using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary>
/// Gives a network new words behind those it has. Until now they were the unknown word, and they begin as what they were: each is read as the unknown word is.
/// What the network has learned stays as it is, bit for bit, but for two biases at most.
/// </summary>
/// <remarks>
/// <para>Of a softmax over the whole vocabulary each is predicted as the unknown word is, which shares its probability out: its bias and theirs differ from
/// what it was by the logarithm of each one's share of the words in the text that are outside the smaller vocabulary, each counted as once more than it occurs.
/// So the other words keep their probabilities in every context, and what the unknown word had is the sum of what it and the new words have.</para>
/// <para>Of an adaptive softmax they are in the last cluster, with the mean of the rows of its words, and its entry in the head has a bias that is higher by
/// the logarithm of by how much there are more words in it: so its words are about as probable as they were. The unknown word keeps its share.</para>
/// </remarks>
internal static class ExtendedWeights
{
    /// <summary>Makes the weights of the larger network.</summary>
    /// <param name="weights">Those of the network.</param>
    /// <param name="wordCounts">How often each word of the larger vocabulary occurs in the text to learn.</param>
    public static NetworkWeights Create(NetworkWeights weights, IReadOnlyList<long> wordCounts)
    {
        var known = weights.Shape.VocabularySize;
        var larger = new NetworkWeights(weights.Shape with { VocabularySize = wordCounts.Count });
        foreach (var (from, to) in weights.Parameters.Zip(larger.Parameters)) from.Values.CopyTo(to.Values, 0);

        var bias = larger.OutputBias.Values;
        var outside = Enumerable.Range(known, wordCounts.Count - known).Append(Vocabulary.UnknownId).ToDictionary(word => word, word => wordCounts[word] + 1);
        var logTotal = Math.Log(outside.Values.Sum());
        float LogShareOf(int word) => (float)(Math.Log(outside[word]) - logTotal);

        FillBehind(larger.Embedding, known, UnknownRowOf(weights.Embedding));
        if (weights.Shape.AdaptiveSoftmax is { } clusters)
        {
            var (tail, words) = (weights.Tails[^1].Words, larger.Tails[^1].Words);
            FillBehind(words, tail.Rows, MeanRowOf(tail));
            bias[clusters.HeadSize - 1] += MathF.Log((float)words.Rows / tail.Rows);
        }
        else
        {
            FillBehind(larger.Output, known, UnknownRowOf(weights.Output));
            for (var word = known; word < wordCounts.Count; word++) bias[word] = weights.OutputBias.Values[Vocabulary.UnknownId] + LogShareOf(word);
        }
        bias[Vocabulary.UnknownId] += LogShareOf(Vocabulary.UnknownId);
        return larger;
    }

    private static void FillBehind(NetworkParameter matrix, int rows, ReadOnlySpan<float> row)
    {
        for (var behind = rows; behind < matrix.Rows; behind++) row.CopyTo(matrix.Matrix.Row(behind));
    }

    private static float[] UnknownRowOf(NetworkParameter matrix) => matrix.Matrix.Row(Vocabulary.UnknownId).ToArray();

    private static float[] MeanRowOf(NetworkParameter matrix)
    {
        var mean = new float[matrix.Columns];
        for (var row = 0; row < matrix.Rows; row++) VectorFunctions.Add(matrix.Matrix.Row(row), mean, mean);
        foreach (ref var value in mean.AsSpan()) value /= matrix.Rows;
        return mean;
    }
}
