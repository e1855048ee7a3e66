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
    {
        shape.Validate();
        Shape = shape;
        Tensors = shape.Tensors.Select(matrix => new QuantizedParameter(matrix), vector => new NetworkParameter(vector));
    }

    /// <summary>Rounds the matrices of a network and copies its biases.</summary>
    public QuantizedWeights(NetworkWeights weights)
    {
        Shape = weights.Shape;
        Tensors = weights.Tensors.Select(QuantizedParameter.Of, vector => vector.Clone());
    }

    /// <summary>The network's sizes.</summary>
    public NetworkShape Shape { get; }

    /// <summary>The matrices and the biases.</summary>
    public NetworkTensors<QuantizedParameter, NetworkParameter> Tensors { get; }

    /// <summary>The number of bytes of the weights of a network of this shape: matrices, scales and biases.</summary>
    /// <param name="shape">The network's sizes, which have been validated.</param>
    public static long BytesOf(NetworkShape shape)
    {
        long count = 0;
        foreach (var matrix in shape.Tensors.Matrices) count += matrix.Count + (sizeof(float) * (long)matrix.Rows);
        foreach (var vector in shape.Tensors.Vectors) count += sizeof(float) * vector.Count;
        return count;
    }

    /// <summary>The weights in single precision: what the integers stand for.</summary>
    public NetworkWeights Dequantize()
    {
        var weights = new NetworkWeights(Shape);
        foreach (var (from, to) in Tensors.Matrices.Zip(weights.Tensors.Matrices)) from.CopyTo(to);
        foreach (var (from, to) in Tensors.Vectors.Zip(weights.Tensors.Vectors)) from.CopyTo(to);
        return weights;
    }
}
