using RnnLm.Networks;
using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary>The layers of a network with their weights, laid out for the products, and their gradients.</summary>
internal sealed class Network
{
    /// <param name="weights">The weights; they are used, not copied.</param>
    /// <param name="options">The options.</param>
    /// <param name="wordCounts">How often each word occurs in the corpus; null where that is not known.</param>
    /// <param name="workers">The threads that share the work.</param>
    public Network(NetworkWeights weights, TrainingOptions options, IReadOnlyList<long>? wordCounts, Workers workers)
    {
        Weights = weights;
        Gradient output, outputBias;
        (Output, output, outputBias) = options.Softmax == SoftmaxKind.Sampled
            ? SampledSoftmax(weights, NegativeSampler.Create(weights.Shape, options, wordCounts), workers)
            : FullSoftmax(weights, workers);
        LayerGradients[] layerGradients = [.. weights.Layers.Select(layer => new LayerGradients(layer, workers))];
        Gradient embedding = weights.Shape.Tied ? output : new RowGradient(weights.Embedding);

        Embedding = new EmbeddingLayer(weights.Embedding, (IEmbeddingGradient)embedding, workers);
        Layers = [.. weights.Layers.Zip(layerGradients, (layer, gradients) => new RecurrentLayer(weights.Shape.Cell, layer, gradients, workers))];
        Gradient[] outputs = weights.Shape.Tied ? [outputBias] : [output, outputBias];
        Gradients = [embedding, .. layerGradients.SelectMany(layer => layer.All), .. outputs];
    }

    /// <summary>The weights.</summary>
    public NetworkWeights Weights { get; }

    /// <summary>The embedding.</summary>
    public EmbeddingLayer Embedding { get; }

    /// <summary>The recurrent layers, from the embedding upward.</summary>
    public RecurrentLayer[] Layers { get; }

    /// <summary>The output layer.</summary>
    public OutputLayer Output { get; }

    /// <summary>The gradients, in the order of <see cref="NetworkWeights.Parameters"/>.</summary>
    public Gradient[] Gradients { get; }

    private static (OutputLayer Layer, Gradient Matrix, Gradient Bias) FullSoftmax(NetworkWeights weights, Workers workers)
    {
        var gradients = new SoftmaxGradients(new DenseGradient(weights.Output), new DenseGradient(weights.OutputBias));
        return (new SoftmaxLayer(weights, gradients, workers), gradients.Matrix, gradients.Bias);
    }

    private static (OutputLayer Layer, Gradient Matrix, Gradient Bias) SampledSoftmax(
        NetworkWeights weights, NegativeSampler sampler, Workers workers)
    {
        var gradients = new SampledSoftmaxGradients(
            new RowGradient(weights.Output, isShared: weights.Shape.Tied), new RowGradient(weights.OutputBias));
        return (new SampledSoftmaxLayer(weights, sampler, gradients, workers), gradients.Matrix, gradients.Bias);
    }

    /// <summary>Lays out the weights for the products; to be called whenever they have changed.</summary>
    public void Pack()
    {
        foreach (var layer in Layers) layer.Pack();
        Output.Pack();
    }
}
