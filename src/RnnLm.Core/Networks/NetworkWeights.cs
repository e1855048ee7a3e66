using RnnLm.Networks;

namespace RnnLm;

/// <summary>
/// Everything a network has learned, as plain matrices. Every training engine reads and writes these, the model file stores
/// them, and inference packs them for use.
/// </summary>
public sealed class NetworkWeights
{
    /// <summary>Makes the weights of a network, all zero.</summary>
    /// <param name="shape">The network's sizes.</param>
    /// <exception cref="ArgumentException">A size is out of range.</exception>
    public NetworkWeights(NetworkShape shape)
    {
        shape.Validate();
        Shape = shape;
        Tensors = shape.Tensors.Select(matrix => new NetworkParameter(matrix), vector => new NetworkParameter(vector));
        Layers = [.. Tensors.Layers.Select(layer => new LayerWeights(layer))];
        Tails = [.. Tensors.Tails.Select(tail => new TailWeights(tail))];
    }

    /// <summary>The network's sizes.</summary>
    public NetworkShape Shape { get; }

    /// <summary>The embedding: <c>[vocabulary, embedding]</c>, a row a word.</summary>
    public NetworkParameter Embedding => Tensors.Embedding;

    /// <summary>The recurrent layers, from the embedding upward.</summary>
    public IReadOnlyList<LayerWeights> Layers { get; }

    /// <summary>
    /// The output matrix: <c>[vocabulary, output]</c>. The same object as <see cref="Embedding"/> where they are tied. That of an adaptive
    /// softmax's head, <c>[head, output]</c>, has a row for each of its words and after them one for each cluster.
    /// </summary>
    public NetworkParameter Output => Tensors.Output;

    /// <summary>The output bias: <c>[vocabulary]</c>, or <c>[head]</c> of an adaptive softmax.</summary>
    public NetworkParameter OutputBias => Tensors.OutputBias;

    /// <summary>The tails of an adaptive softmax, a cluster each; none of any other.</summary>
    public IReadOnlyList<TailWeights> Tails { get; }

    /// <summary>Every tensor once, in the order of a model file.</summary>
    public IEnumerable<NetworkParameter> Parameters => Tensors.InOrder(matrix => matrix, vector => vector);

    /// <summary>All of them by their place in the network.</summary>
    internal NetworkTensors<NetworkParameter, NetworkParameter> Tensors { get; }

    /// <summary>Copies every value into weights of the same shape.</summary>
    /// <param name="destination">The weights to overwrite.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public void CopyTo(NetworkWeights destination)
    {
        if (destination.Shape != Shape)
            throw new ArgumentException($"Weights of the shape {Shape} cannot be copied into weights of the shape {destination.Shape}.", nameof(destination));
        foreach (var (from, to) in Parameters.Zip(destination.Parameters))
            from.CopyTo(to);
    }

    /// <summary>Makes a copy that shares nothing with this one.</summary>
    public NetworkWeights Clone()
    {
        var copy = new NetworkWeights(Shape);
        CopyTo(copy);
        return copy;
    }
}
