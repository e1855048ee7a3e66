namespace RnnLm.Networks;

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
        Embedding = new Parameter("embedding", shape.VocabularySize, shape.EmbeddingSize);
        Layers = [.. Enumerable.Range(0, shape.Layers).Select(layer => new LayerWeights(shape, layer))];
        Output = shape.Tied ? Embedding : new Parameter("output", shape.OutputRows, shape.OutputSize);
        OutputBias = new Parameter("output_bias", shape.OutputRows);
        Tails = [.. Enumerable.Range(0, shape.AdaptiveSoftmax?.Cutoffs.Count ?? 0).Select(tail => new TailWeights(shape, tail))];
    }

    /// <summary>The network's sizes.</summary>
    public NetworkShape Shape { get; }

    /// <summary>The embedding: <c>[vocabulary, embedding]</c>, a row a word.</summary>
    public Parameter Embedding { get; }

    /// <summary>The recurrent layers, from the embedding upward.</summary>
    public IReadOnlyList<LayerWeights> Layers { get; }

    /// <summary>
    /// The output matrix: <c>[vocabulary, output]</c>. The same object as <see cref="Embedding"/> where they are tied. That of an adaptive
    /// softmax's head, <c>[head, output]</c>, has a row for each of its words and after them one for each cluster.
    /// </summary>
    public Parameter Output { get; }

    /// <summary>The output bias: <c>[vocabulary]</c>, or <c>[head]</c> of an adaptive softmax.</summary>
    public Parameter OutputBias { get; }

    /// <summary>The tails of an adaptive softmax, a cluster each; none of any other.</summary>
    public IReadOnlyList<TailWeights> Tails { get; }

    /// <summary>Every tensor once, in the order of a model file.</summary>
    public IEnumerable<Parameter> Parameters
    {
        get
        {
            yield return Embedding;
            foreach (var parameter in Layers.SelectMany(layer => layer.Parameters)) yield return parameter;
            if (!Shape.Tied) yield return Output;
            yield return OutputBias;
            foreach (var parameter in Tails.SelectMany(tail => tail.Parameters)) yield return parameter;
        }
    }

    /// <summary>Copies every value into weights of the same shape.</summary>
    /// <param name="destination">The weights to overwrite.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public void CopyTo(NetworkWeights destination)
    {
        if (destination.Shape != Shape)
            throw new ArgumentException($"Weights of the shape {Shape} cannot be copied into weights of the shape {destination.Shape}.", nameof(destination));
        foreach (var (from, to) in Parameters.Zip(destination.Parameters))
            from.Values.CopyTo(to.Values.AsSpan());
    }

    /// <summary>Makes a copy that shares nothing with this one.</summary>
    public NetworkWeights Clone()
    {
        var copy = new NetworkWeights(Shape);
        CopyTo(copy);
        return copy;
    }
}
