using System.Runtime.CompilerServices;
using RnnLm.Networks;
using RnnLm.Training;

namespace RnnLm;

/// <summary>The weights a network begins with. The same shape, seed and counts give the same weights.</summary>
public static class WeightInitialization
{
    private const float EmbeddingRange = 0.1f;

    /// <summary>
    /// Makes the weights of a new network. Embedding and output matrix are uniform in ±0.1, as in PyTorch's word language model; the
    /// output bias is the logarithm of how often each word occurs, so that the network begins as a unigram model; a recurrent layer is uniform in ±1/√hidden, biases and projection included, as in PyTorch, and something is added to the biases of forget gates; the recurrent
    /// matrix of a ReLU cell is the identity and its bias zero (Le, Jaitly and Hinton 2015); the matrices of an adaptive softmax's tails
    /// are uniform in ±1/√columns, as in PyTorch.
    /// </summary>
    /// <param name="shape">The network's sizes.</param>
    /// <param name="seed">What the random numbers follow from.</param>
    /// <param name="wordCounts">How often each word of the vocabulary occurs in the corpus; the output bias is zero where null.</param>
    /// <param name="forgetBias">What is added to the biases of forget gates. Cells without one have no part in it.</param>
    /// <exception cref="ArgumentException">A size is out of range, or the counts are not of as many words as there are, or one is below zero.</exception>
    public static NetworkWeights Create(NetworkShape shape, int seed, IReadOnlyList<long>? wordCounts = null, double forgetBias = 0)
    {
        var weights = new NetworkWeights(shape);
        if (wordCounts is not null) FillLogFrequencies(weights.OutputBias.Values, shape, wordCounts);
        var place = 0;
        void Uniform(NetworkParameter parameter, float range) => FillUniform(parameter.Values, range, new CounterGenerator(seed, -1, place++));

        Uniform(weights.Embedding, EmbeddingRange);
        if (!shape.Tied) Uniform(weights.Output, EmbeddingRange);
        for (var layer = 0; layer < shape.Layers; layer++)
        {
            var range = 1 / MathF.Sqrt(shape.UnitsOf(layer));
            Uniform(weights.Layers[layer].Input, range);
            if (Cell.Of(shape.Cell).BeginsAsIdentity)
            {
                FillIdentity(weights.Layers[layer].Recurrent);
                continue;
            }
            Uniform(weights.Layers[layer].Recurrent, range);
            Uniform(weights.Layers[layer].Bias, range);
            if (shape.CellDescription.ForgetGate is { } gate)
                foreach (ref var bias in weights.Layers[layer].Bias.Values.AsSpan(gate * shape.UnitsOf(layer), shape.UnitsOf(layer))) bias += (float)forgetBias;
            if (weights.Layers[layer].RecurrentBias is { } recurrentBias) Uniform(recurrentBias, range);
            if (weights.Layers[layer].Projection is { } projection) Uniform(projection, range);
        }
        foreach (var matrix in weights.Tails.SelectMany(tail => tail.Parameters)) Uniform(matrix, 1 / MathF.Sqrt(matrix.Columns));
        return weights;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FillUniform(Span<float> values, float range, CounterGenerator generator)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var unit = (generator.At((uint)i) >> 8) * (1f / (1 << 24));
            values[i] = (2 * unit - 1) * range;
        }
    }

    // Every word counts as once more than it occurs. The mean is zero, the shortest of all biases that mean the same, so that weight decay has
    // the least to take away.
    private static void FillLogFrequencies(Span<float> bias, NetworkShape shape, IReadOnlyList<long> wordCounts)
    {
        if (wordCounts.Count != shape.VocabularySize)
            throw new ArgumentException($"There are counts of {wordCounts.Count} words; the vocabulary has {shape.VocabularySize}.", nameof(wordCounts));
        if (wordCounts.Any(count => count < 0)) throw new ArgumentException("A word cannot occur less than zero times.", nameof(wordCounts));

        var logFrequencies = new double[bias.Length];
        for (var word = 0; word < wordCounts.Count; word++)
            logFrequencies[shape.AdaptiveSoftmax?.HeadEntryOf(word) ?? word] += wordCounts[word] + 1;
        for (var entry = 0; entry < bias.Length; entry++) logFrequencies[entry] = Math.Log(logFrequencies[entry]);
        var mean = logFrequencies.Average();
        for (var entry = 0; entry < bias.Length; entry++) bias[entry] = (float)(logFrequencies[entry] - mean);
    }

    private static void FillIdentity(NetworkParameter matrix)
    {
        for (var i = 0; i < matrix.Rows; i++) matrix.Values[i * matrix.Columns + i] = 1;
    }
}
