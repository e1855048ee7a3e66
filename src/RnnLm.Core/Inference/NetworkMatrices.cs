using RnnLm.Networks;
using RnnLm.Numerics;

namespace RnnLm.Inference;

/// <summary>What a network multiplies by and adds, whatever form its matrices are held in.</summary>
/// <param name="Embedding">The embedding: <c>[vocabulary, embedding]</c>.</param>
/// <param name="Layers">The recurrent layers, from the embedding upward.</param>
/// <param name="Output">The output matrix: <c>[vocabulary, output]</c>, or an adaptive softmax's head. The same object as the embedding where they are tied.</param>
/// <param name="OutputBias">The output bias: <c>[vocabulary]</c>.</param>
/// <param name="Tails">The tails of an adaptive softmax; none of any other.</param>
internal sealed record NetworkMatrices(
    WeightMatrix Embedding, IReadOnlyList<LayerMatrices> Layers, WeightMatrix Output, float[] OutputBias, IReadOnlyList<AdaptiveSoftmaxTail> Tails)
{
    public static NetworkMatrices Of(NetworkWeights weights)
    {
        var embedding = Matrix(weights.Embedding);
        return new(
            embedding,
            [.. weights.Layers.Select(layer => new LayerMatrices(Matrix(layer.Input), Matrix(layer.Recurrent), layer.Bias.Values, layer.RecurrentBias?.Values))],
            weights.Shape.Tied ? embedding : Matrix(weights.Output),
            weights.OutputBias.Values,
            [.. weights.Tails.Select((tail, index)
                => new AdaptiveSoftmaxTail(Matrix(tail.Projection), Matrix(tail.Words), weights.Shape.AdaptiveSoftmax!.Cutoffs[index]))]);

        static WeightMatrix Matrix(Parameter parameter) => new SinglePrecisionMatrix(new MatrixView(parameter));
    }

    public static NetworkMatrices Of(QuantizedWeights weights)
    {
        var embedding = Matrix(weights.Embedding);
        return new(
            embedding,
            [.. weights.Layers.Select(layer => new LayerMatrices(Matrix(layer.Input), Matrix(layer.Recurrent), layer.Bias.Values, layer.RecurrentBias?.Values))],
            weights.Shape.Tied ? embedding : Matrix(weights.Output),
            weights.OutputBias.Values,
            [.. weights.Tails.Select((tail, index)
                => new AdaptiveSoftmaxTail(Matrix(tail.Projection), Matrix(tail.Words), weights.Shape.AdaptiveSoftmax!.Cutoffs[index]))]);

        static WeightMatrix Matrix(QuantizedParameter parameter) => new QuantizedMatrix(parameter.Panels);
    }
}
