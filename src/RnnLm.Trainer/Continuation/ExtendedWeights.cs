using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary>
/// Gives a network new words behind those it has. Until now they were the unknown word, and they begin as what they were: each is read as the unknown word is.
/// What the network has learned stays as it is, bit for bit, but for two biases at most.
/// </summary>
/// <remarks>
/// <para>Of a softmax over the whole vocabulary each is predicted as the unknown word is: its row is the unknown word's, and the biases of both share out what
/// the unknown word had, by how often each occurs in the text to learn, counted as once more. All of them are raised or lowered together, so that on the whole
/// they are as probable as such words are frequent in the text: a network that was taught without any unknown word predicts it as good as never. So the other
/// words keep their proportions to one another in every context.</para>
/// <para>Of an adaptive softmax they are in the last cluster, with the mean of the rows of its words, and its entry in the head has a bias that is higher by
/// the logarithm of by how much there are more words in it: so its words are about as probable as they were. The unknown word keeps its share.</para>
/// </remarks>
internal static class ExtendedWeights
{
    // A network may predict the unknown word with a probability that a number of double precision cannot tell from zero, or from one.
    private const double LeastMass = 1e-100;

    /// <summary>Makes the weights of the larger network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="text">The text to learn, with ids of the larger vocabulary.</param>
    /// <param name="wordCounts">How often each word of the larger vocabulary occurs in it.</param>
    public static NetworkWeights Create(Network network, ReadOnlySpan<int> text, IReadOnlyList<long> wordCounts)
    {
        var (weights, known) = (network.Weights, network.Shape.VocabularySize);
        var larger = new NetworkWeights(network.Shape with { VocabularySize = wordCounts.Count });
        foreach (var (from, to) in weights.Parameters.Zip(larger.Parameters)) from.Values.CopyTo(to.Values, 0);

        var outside = Enumerable.Range(known, wordCounts.Count - known).Append(Vocabulary.UnknownId).ToDictionary(word => word, word => wordCounts[word] + 1.0);
        var total = outside.Values.Sum();
        var (bias, unknownBias) = (larger.OutputBias.Values, weights.OutputBias.Values[Vocabulary.UnknownId]);
        float SharedBiasOf(int word, double raised = 0) => (float)(unknownBias + Math.Log(outside[word] / total) + raised);

        FillBehind(larger.Embedding, known, UnknownRowOf(weights.Embedding));
        if (network.Shape.AdaptiveSoftmax is { } clusters)
        {
            var (tail, words) = (weights.Tails[^1].Words, larger.Tails[^1].Words);
            FillBehind(words, tail.Rows, MeanRowOf(tail));
            bias[clusters.HeadSize - 1] += MathF.Log((float)words.Rows / tail.Rows);
            bias[Vocabulary.UnknownId] = SharedBiasOf(Vocabulary.UnknownId);
        }
        else
        {
            FillBehind(larger.Output, known, UnknownRowOf(weights.Output));
            var raised = UnknownWordMass.MeanOver(network, text) is { } mass ? LogOdds(total / (text.Length + outside.Count)) - LogOdds(mass) : 0;
            foreach (var word in outside.Keys) bias[word] = SharedBiasOf(word, raised);
        }
        return larger;
    }

    private static double LogOdds(double probability) => Math.Log(Math.Max(probability, LeastMass)) - Math.Log(Math.Max(1 - probability, LeastMass));

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
