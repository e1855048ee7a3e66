using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RnnLm.Torch;

/// <summary>
/// The language model as a TorchSharp module: embedding, recurrent layers, output layer. Dropout acts on the embedding,
/// between layers and before the output layer, in training mode only.
/// </summary>
internal sealed class TorchNetwork : nn.Module<Tensor, LayerState[]?, IReadOnlyList<WindowSegment>, NetworkOutput>
{
    private readonly NetworkShape shape;
    private readonly TorchRegularizer regularizer;
    private readonly TorchLayer[] layers;
    private readonly Embedding embedding;
    private readonly Parameter output;
    private readonly Parameter outputBias;

    /// <summary>Makes a network of given weights, which are copied.</summary>
    public TorchNetwork(NetworkWeights weights, TorchRegularizer regularizer, Device device)
        : base("RecurrentLanguageModel")
    {
        shape = weights.Shape;
        this.regularizer = regularizer;

        embedding = nn.Embedding(shape.VocabularySize, shape.EmbeddingSize, device: device);
        register_module("embedding", embedding);
        var embeddingWeight = embedding.get_parameter("weight")!;
        embeddingWeight.Write(weights.Embedding);

        layers = [.. weights.Layers.Select(layer => new TorchLayer(shape.Cell, layer, device))];
        foreach (var (index, layer) in layers.Index()) register_module($"layer{index}", layer.Module);

        if (shape.Tied)
        {
            output = embeddingWeight;
        }
        else
        {
            output = NewParameter(weights.Output, device, shape.VocabularySize, shape.OutputSize);
            register_parameter("output", output);
        }
        outputBias = NewParameter(weights.OutputBias, device, shape.VocabularySize);
        register_parameter("output_bias", outputBias);

        foreach (var parameter in parameters()) parameter.DetachFromDisposeScope();
    }

    /// <summary>What is learned: every parameter once, without the second biases that stay zero.</summary>
    public IEnumerable<Parameter> Learned => parameters().Where(parameter => parameter.requires_grad);

    /// <summary>Computes the logits of the next word at every step.</summary>
    /// <param name="words">The words' ids: <c>[length, batch]</c>.</param>
    /// <param name="states">The state of every layer before the first step, or null for the zero state.</param>
    /// <param name="segments">The steps, cut where streams are reset.</param>
    public override NetworkOutput forward(
        Tensor words, LayerState[]? states, IReadOnlyList<WindowSegment> segments)
    {
        var next = new LayerState[layers.Length];
        var embedded = embedding.call(words); // [length, batch, embedding]
        var dropped = training ? regularizer.Drop(regularizer.DropWords(embedded, words, shape.VocabularySize), place: 0) : embedded;
        var hidden = dropped;
        for (var layer = 0; layer < layers.Length; layer++)
        {
            (hidden, next[layer]) = layers[layer].Forward(dropped, states?[layer], segments); // [length, batch, hidden]
            dropped = training ? regularizer.Drop(hidden, place: layer + 1) : hidden;
        }
        return new NetworkOutput(nn.functional.linear(dropped.view(-1, shape.OutputSize), output, outputBias), hidden, dropped, next);
    }

    /// <summary>Drops recurrent weights until what this gives is disposed.</summary>
    public DroppedWeights DropWeights() => new(layers.Select(layer => layer.Recurrent), regularizer.WeightDropout);

    /// <summary>Takes out of the gradients what belongs to biases that PyTorch has twice.</summary>
    public void DropSurplusGradients()
    {
        foreach (var layer in layers) layer.DropSurplusGradients();
    }

    /// <summary>Copies the weights as they are now.</summary>
    public void Read(NetworkWeights destination) => Read(destination, parameter => parameter);

    /// <summary>Takes other weights of the same shape.</summary>
    public void Write(NetworkWeights weights)
    {
        embedding.get_parameter("weight")!.Write(weights.Embedding);
        foreach (var (layer, source) in layers.Zip(weights.Layers)) layer.Write(source);
        if (!shape.Tied) output.Write(weights.Output);
        outputBias.Write(weights.OutputBias);
    }

    /// <summary>Copies the gradients of the last backward pass.</summary>
    public void ReadGradients(NetworkWeights destination) => Read(destination, parameter => parameter.grad!);

    /// <summary>Saves every parameter, those that are not learned too.</summary>
    public void Save(TrainingState state)
    {
        foreach (var (name, parameter) in named_parameters()) state.Set(name, (Tensor)parameter);
    }

    /// <summary>Goes on with the parameters that another has saved.</summary>
    /// <exception cref="InvalidDataException">One is missing, or of another length.</exception>
    public void Restore(TrainingState state)
    {
        foreach (var (name, parameter) in named_parameters()) state.Get(name, (Tensor)parameter);
    }

    private void Read(NetworkWeights destination, Func<Parameter, Tensor> valueOf)
    {
        valueOf(embedding.get_parameter("weight")!).Read(destination.Embedding);
        for (var layer = 0; layer < layers.Length; layer++) layers[layer].Read(destination.Layers[layer], valueOf);
        if (!shape.Tied) valueOf(output).Read(destination.Output);
        valueOf(outputBias).Read(destination.OutputBias);
    }

    private static Parameter NewParameter(NetworkParameter weights, Device device, params long[] size)
        => new(torch.tensor(weights.Values, size, device: device));
}
