namespace RnnLm.Persistence;

/// <summary>One tensor of a network's weights as a model file holds it.</summary>
/// <param name="description">Its name, type and sizes.</param>
internal abstract class WeightTensor(WeightDescription description)
{
    /// <summary>The greatest number of bytes read or written at a time, so that the checksum finds them in the processor's cache.</summary>
    protected const int PieceLength = 1 << 20;

    /// <summary>Takes bytes to write, or fills them in reading.</summary>
    public delegate void PieceHandler(Span<byte> piece);

    public string Name => description.Name;

    public string Type => description.Type;

    public long[] Shape => description.Shape;

    /// <summary>Hands over the tensor's bytes, piece after piece. They must be left as they are.</summary>
    public abstract void Write(PieceHandler handle);

    /// <summary>Has the tensor's bytes filled in, piece after piece.</summary>
    public abstract void Read(PieceHandler fill);

    /// <summary>Every tensor of a network's weights, in the order of a model file.</summary>
    public static IEnumerable<WeightTensor> Of(Network network) => network.Quantized is { } weights ? Of(weights) : Of(network.Weights);

    public static IEnumerable<WeightTensor> Of(NetworkWeights weights) => weights.Parameters.Select(parameter => new SinglePrecisionTensor(parameter));

    /// <summary>Biases and scales first, since what is of bytes may lie anywhere.</summary>
    public static IEnumerable<WeightTensor> Of(Networks.QuantizedWeights weights)
    {
        foreach (var bias in weights.Tensors.Vectors) yield return new SinglePrecisionTensor(bias);
        foreach (var matrix in weights.Tensors.Matrices) yield return new ScalesTensor(matrix);
        foreach (var matrix in weights.Tensors.Matrices) yield return new LevelsTensor(matrix);
    }
}
