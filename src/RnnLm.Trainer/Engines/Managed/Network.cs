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
        (Output, var outputs) = CreateOutput(weights, options, wordCounts, workers);
        LayerGradients[] layerGradients = [.. weights.Layers.Select(layer => new LayerGradients(layer, workers))];
        Gradient embedding = weights.Shape.Tied ? outputs[0] : new RowGradient(weights.Embedding);

        Embedding = new EmbeddingLayer(weights.Embedding, (IEmbeddingGradient)embedding, workers);
        Layers = [.. weights.Layers.Zip(layerGradients, (layer, gradients) => new RecurrentLayer(weights.Shape.Cell, layer, gradients, workers))];
        Gradients = [embedding, .. layerGradients.SelectMany(layer => layer.All), .. weights.Shape.Tied ? outputs[1..] : outputs];
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

    /// <summary>Lays out the weights for the products; to be called whenever they have changed.</summary>
    public void Pack()
    {
        foreach (var layer in Layers) layer.Pack();
    }

    // The output layer, and its gradients in the order of its parameters: the matrix, the bias, and what else there is.
    private static (OutputLayer Layer, Gradient[] Gradients) CreateOutput(
        NetworkWeights weights, TrainingOptions options, IReadOnlyList<long>? wordCounts, Workers workers)
    {
        if (options.Softmax is SampledSoftmax sampled)
        {
            var sampler = NegativeSampler.Create(weights.Shape.VocabularySize, sampled, options.Seed, wordCounts);
            var ofRows = new SampledSoftmaxGradients(new RowGradient(weights.Output, isShared: weights.Shape.Tied), new RowGradient(weights.OutputBias));
            return (new SampledSoftmaxLayer(weights, sampler, ofRows, workers), [ofRows.Matrix, ofRows.Bias]);
        }

        var gradients = new SoftmaxGradients(new DenseGradient(weights.Output), new DenseGradient(weights.OutputBias));
        if (weights.Shape.AdaptiveSoftmax is null)
            return (new SoftmaxLayer(weights.Output, weights.OutputBias, gradients, workers), [gradients.Matrix, gradients.Bias]);
        var adaptive = new AdaptiveSoftmaxLayer(weights, gradients, workers);
        return (adaptive, [gradients.Matrix, gradients.Bias, .. adaptive.TailGradients]);
    }
}
