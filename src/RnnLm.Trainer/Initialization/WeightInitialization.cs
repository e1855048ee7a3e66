using System.Runtime.CompilerServices;
using RnnLm.Networks;
using RnnLm.Training;

namespace RnnLm;

/// <summary>The weights a network begins with. The same shape and seed give the same weights on every machine.</summary>
public static class WeightInitialization
{
    private const float EmbeddingRange = 0.1f;

    /// <summary>
    /// Makes the weights of a new network. Embedding and output matrix are uniform in ±0.1 and the output bias is zero, as in
    /// PyTorch's word language model; a recurrent layer is uniform in ±1/√hidden, biases included, as in PyTorch; the recurrent
    /// matrix of a ReLU cell is the identity and its bias zero (Le, Jaitly and Hinton 2015); the matrices of an adaptive softmax's tails
    /// are uniform in ±1/√columns, as in PyTorch.
    /// </summary>
    /// <param name="shape">The network's sizes.</param>
    /// <param name="seed">What the random numbers follow from.</param>
    /// <exception cref="ArgumentException">A size is out of range.</exception>
    public static NetworkWeights Create(NetworkShape shape, int seed)
    {
        var weights = new NetworkWeights(shape);
        var place = 0;
        void Uniform(NetworkParameter parameter, float range) => FillUniform(parameter.Values, range, new CounterGenerator(seed, -1, place++));

        Uniform(weights.Embedding, EmbeddingRange);
        if (!shape.Tied) Uniform(weights.Output, EmbeddingRange);
        for (var layer = 0; layer < shape.Layers; layer++)
        {
            var range = 1 / MathF.Sqrt(shape.OutputSizeOf(layer));
            Uniform(weights.Layers[layer].Input, range);
            if (Cell.Of(shape.Cell).BeginsAsIdentity)
            {
                FillIdentity(weights.Layers[layer].Recurrent);
                continue;
            }
            Uniform(weights.Layers[layer].Recurrent, range);
            Uniform(weights.Layers[layer].Bias, range);
            if (weights.Layers[layer].RecurrentBias is { } recurrentBias) Uniform(recurrentBias, range);
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

    private static void FillIdentity(NetworkParameter matrix)
    {
        for (var i = 0; i < matrix.Rows; i++) matrix.Values[i * matrix.Columns + i] = 1;
    }
}
