namespace RnnLm.Networks;

/// <summary>One thing for every tensor of a network: its shape, its values, or what it is in some other form.</summary>
/// <typeparam name="TMatrix">What there is for a matrix.</typeparam>
/// <typeparam name="TVector">What there is for a vector: the biases.</typeparam>
/// <param name="Embedding">The embedding: <c>[vocabulary, embedding]</c>, a row a word.</param>
/// <param name="Layers">The recurrent layers, from the embedding upward.</param>
/// <param name="Output">
/// The output matrix: <c>[vocabulary, output]</c>, or an adaptive softmax's head. The same object as <paramref name="Embedding"/> where they
/// are tied.
/// </param>
/// <param name="OutputBias">The output bias: <c>[vocabulary]</c>, or <c>[head]</c>.</param>
/// <param name="Tails">The tails of an adaptive softmax, a cluster each; none of any other.</param>
internal sealed record NetworkTensors<TMatrix, TVector>(
    TMatrix Embedding, IReadOnlyList<LayerTensors<TMatrix, TVector>> Layers, TMatrix Output, TVector OutputBias, IReadOnlyList<TailTensors<TMatrix>> Tails)
    where TMatrix : class
    where TVector : class
{
    /// <summary>Whether the output layer shares its matrix with the embedding.</summary>
    public bool IsTied => ReferenceEquals(Embedding, Output);

    /// <summary>What there is for every matrix, each once, in the order of a model file.</summary>
    public IEnumerable<TMatrix> Matrices => InOrder<TMatrix?>(matrix => matrix, _ => null).OfType<TMatrix>();

    /// <summary>What there is for every vector, in the order of a model file.</summary>
    public IEnumerable<TVector> Vectors => InOrder<TVector?>(_ => null, vector => vector).OfType<TVector>();

    /// <summary>Something of every tensor, each once, in the order of a model file.</summary>
    public IEnumerable<T> InOrder<T>(Func<TMatrix, T> matrix, Func<TVector, T> vector)
        where T : class?
    {
        yield return matrix(Embedding);
        foreach (var layer in Layers)
        {
            foreach (var tensor in layer.InOrder(matrix, vector)) yield return tensor;
        }
        if (!IsTied) yield return matrix(Output);
        yield return vector(OutputBias);
        foreach (var tail in Tails)
        {
            foreach (var tensor in tail.InOrder(matrix)) yield return tensor;
        }
    }

    /// <summary>Makes another thing for every tensor; for one that is tied, once.</summary>
    public NetworkTensors<TOtherMatrix, TOtherVector> Select<TOtherMatrix, TOtherVector>(Func<TMatrix, TOtherMatrix> matrix, Func<TVector, TOtherVector> vector)
        where TOtherMatrix : class
        where TOtherVector : class
    {
        var embedding = matrix(Embedding);
        return new(
            embedding,
            [.. Layers.Select(layer => new LayerTensors<TOtherMatrix, TOtherVector>(
                matrix(layer.Input), matrix(layer.Recurrent), vector(layer.Bias), layer.RecurrentBias is null ? null : vector(layer.RecurrentBias),
                layer.Projection is null ? null : matrix(layer.Projection)))],
            IsTied ? embedding : matrix(Output),
            vector(OutputBias),
            [.. Tails.Select(tail => new TailTensors<TOtherMatrix>(matrix(tail.Projection), matrix(tail.Words)))]);
    }
}

/// <summary>One thing for every tensor of a recurrent layer. Rows are outputs, gate after gate, as in PyTorch.</summary>
/// <param name="Input">The matrix that multiplies the layer's input: <c>[gates * hidden, input]</c>.</param>
/// <param name="Recurrent">The matrix that multiplies the layer's previous hidden state: <c>[gates * hidden, output]</c>.</param>
/// <param name="Bias">The bias of every gate: <c>[gates * hidden]</c>.</param>
/// <param name="RecurrentBias">A GRU's bias <c>b_hn</c> inside the reset gate's product: <c>[hidden]</c>; null for the other cells.</param>
/// <param name="Projection">The matrix that projects the hidden state: <c>[output, hidden]</c>; null where none does, and output and hidden sizes are the same.</param>
internal sealed record LayerTensors<TMatrix, TVector>(TMatrix Input, TMatrix Recurrent, TVector Bias, TVector? RecurrentBias, TMatrix? Projection)
    where TMatrix : class
    where TVector : class
{
    /// <summary>Something of every tensor, in the order of a model file.</summary>
    public IEnumerable<T> InOrder<T>(Func<TMatrix, T> matrix, Func<TVector, T> vector)
        where T : class?
    {
        yield return matrix(Input);
        yield return matrix(Recurrent);
        yield return vector(Bias);
        if (RecurrentBias is not null) yield return vector(RecurrentBias);
        if (Projection is not null) yield return matrix(Projection);
    }
}

/// <summary>One thing for every tensor of a tail of an adaptive softmax.</summary>
/// <param name="Projection">The matrix that makes the last layer's hidden state smaller: <c>[size, output]</c>.</param>
/// <param name="Words">The matrix of the cluster's words: <c>[words of the cluster, size]</c>.</param>
internal sealed record TailTensors<TMatrix>(TMatrix Projection, TMatrix Words)
    where TMatrix : class
{
    /// <summary>Something of every tensor, in the order of a model file.</summary>
    public IEnumerable<T> InOrder<T>(Func<TMatrix, T> matrix)
        where T : class?
    {
        yield return matrix(Projection);
        yield return matrix(Words);
    }
}
