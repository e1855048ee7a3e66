namespace RnnLm.Networks;

/// <summary>
/// Everything a network has learned, its matrices in 8-bit integers with a scale for each row (<c>w ≈ scale · q</c>, symmetric), its biases
/// in single precision. The counterpart of <see cref="NetworkWeights"/> for a network that only predicts.
/// </summary>
internal sealed class QuantizedWeights
{
    /// <summary>Makes the weights of a network, all zero.</summary>
    /// <param name="shape">The network's sizes.</param>
    /// <exception cref="ArgumentException">A size is out of range.</exception>
    public QuantizedWeights(NetworkShape shape)
        : this(shape, (name, rows, columns) => new QuantizedParameter(name, rows, columns), (name, rows) => new Parameter(name, rows))
    {
    }

    /// <summary>Rounds the matrices of a network and copies its biases.</summary>
    public QuantizedWeights(NetworkWeights weights)
        : this(weights, weights.Parameters.ToDictionary(parameter => parameter.Name))
    {
    }

    private QuantizedWeights(NetworkWeights weights, Dictionary<string, Parameter> parameters)
        : this(
            weights.Shape,
            (name, _, _) => QuantizedParameter.Of(parameters[name]),
            (name, rows) =>
            {
                var copy = new Parameter(name, rows);
                parameters[name].Values.CopyTo(copy.Values.AsSpan());
                return copy;
            })
    {
    }

    private QuantizedWeights(NetworkShape shape, Func<string, int, int, QuantizedParameter> matrix, Func<string, int, Parameter> vector)
    {
        shape.Validate();
        Shape = shape;
        Embedding = matrix("embedding", shape.VocabularySize, shape.EmbeddingSize);
        Layers = [.. Enumerable.Range(0, shape.Layers).Select(layer =>
        {
            var hidden = shape.OutputSizeOf(layer);
            var gates = shape.Gates * hidden;
            return new QuantizedLayerWeights(
                matrix($"layers.{layer}.input", gates, shape.InputSizeOf(layer)),
                matrix($"layers.{layer}.recurrent", gates, hidden),
                vector($"layers.{layer}.bias", gates),
                shape.Cell == CellKind.Gru ? vector($"layers.{layer}.recurrent_bias", hidden) : null);
        })];
        Output = shape.Tied ? Embedding : matrix("output", shape.OutputRows, shape.OutputSize);
        OutputBias = vector("output_bias", shape.OutputRows);
        Tails = [.. Enumerable.Range(0, shape.AdaptiveSoftmax?.Cutoffs.Count ?? 0).Select(tail =>
        {
            var size = shape.AdaptiveSoftmax!.SizeOf(tail, shape.OutputSize);
            return new QuantizedTailWeights(
                matrix($"output.tails.{tail}.projection", size, shape.OutputSize),
                matrix($"output.tails.{tail}.words", shape.AdaptiveSoftmax.WordsOf(tail, shape.VocabularySize), size));
        })];
    }

    /// <summary>The network's sizes.</summary>
    public NetworkShape Shape { get; }

    /// <summary>The embedding: <c>[vocabulary, embedding]</c>, a row a word.</summary>
    public QuantizedParameter Embedding { get; }

    /// <summary>The recurrent layers, from the embedding upward.</summary>
    public IReadOnlyList<QuantizedLayerWeights> Layers { get; }

    /// <summary>The output matrix: <c>[vocabulary, output]</c>, or an adaptive softmax's head. The same object as <see cref="Embedding"/> where they are tied.</summary>
    public QuantizedParameter Output { get; }

    /// <summary>The output bias: <c>[vocabulary]</c>, or <c>[head]</c> of an adaptive softmax.</summary>
    public Parameter OutputBias { get; }

    /// <summary>The tails of an adaptive softmax, a cluster each; none of any other.</summary>
    public IReadOnlyList<QuantizedTailWeights> Tails { get; }

    /// <summary>Every matrix once, in the order of a model file.</summary>
    public IEnumerable<QuantizedParameter> Matrices
    {
        get
        {
            yield return Embedding;
            foreach (var layer in Layers)
            {
                yield return layer.Input;
                yield return layer.Recurrent;
            }
            if (!Shape.Tied) yield return Output;
            foreach (var tail in Tails)
            {
                yield return tail.Projection;
                yield return tail.Words;
            }
        }
    }

    /// <summary>Every bias, in the order of a model file.</summary>
    public IEnumerable<Parameter> Biases
    {
        get
        {
            foreach (var layer in Layers)
            {
                yield return layer.Bias;
                if (layer.RecurrentBias is not null) yield return layer.RecurrentBias;
            }
            yield return OutputBias;
        }
    }

    /// <summary>The number of bytes of the weights of a network of this shape: matrices, scales and biases.</summary>
    /// <param name="shape">The network's sizes.</param>
    public static long BytesOf(NetworkShape shape)
    {
        long matrixRows = shape.VocabularySize;
        long biases = shape.OutputRows;
        if (!shape.Tied) matrixRows += shape.OutputRows;
        for (var tail = 0; tail < shape.AdaptiveSoftmax?.Cutoffs.Count; tail++)
            matrixRows += shape.AdaptiveSoftmax.SizeOf(tail, shape.OutputSize) + shape.AdaptiveSoftmax.WordsOf(tail, shape.VocabularySize);
        for (var layer = 0; layer < shape.Layers; layer++)
        {
            long gates = shape.Gates * shape.OutputSizeOf(layer);
            matrixRows += 2 * gates;
            biases += gates;
            if (shape.Cell == CellKind.Gru) biases += shape.OutputSizeOf(layer);
        }
        return shape.ParameterCount - biases + (sizeof(float) * (matrixRows + biases));
    }

    /// <summary>The weights in single precision: what the integers stand for.</summary>
    public NetworkWeights Dequantize()
    {
        var weights = new NetworkWeights(Shape);
        var parameters = weights.Parameters.ToDictionary(parameter => parameter.Name);
        foreach (var matrix in Matrices) matrix.CopyTo(parameters[matrix.Name]);
        foreach (var bias in Biases) bias.Values.CopyTo(parameters[bias.Name].Values.AsSpan());
        return weights;
    }
}
