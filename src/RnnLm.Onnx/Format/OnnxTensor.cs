using System.Runtime.InteropServices;
using RnnLm.Onnx.Protobuf;

namespace RnnLm.Onnx.Format;

/// <summary>A constant of a graph. What it holds is made when it is written, so that weights are not in memory twice.</summary>
/// <param name="Name">Its name, which no other value has.</param>
/// <param name="Type">The type of its elements.</param>
/// <param name="Dimensions">Its sizes; none for a single value.</param>
/// <param name="Write">Writes the elements in row-major order, little-endian.</param>
internal sealed record OnnxTensor(string Name, OnnxElementType Type, IReadOnlyList<int> Dimensions, Action<Stream> Write)
{
    // Pieces are short, so that whoever cancels need not wait.
    private const int ValuesInPiece = 1 << 18;

    private long Length => Dimensions.Aggregate(SizeOf(Type), (product, size) => product * size);

    /// <summary>A tensor of numbers.</summary>
    public static OnnxTensor Of(string name, IReadOnlyList<int> dimensions, ReadOnlyMemory<float> values)
        => new(name, OnnxElementType.Single, dimensions, stream => WriteAll(stream, values.Span));

    /// <summary>A vector of whole numbers.</summary>
    public static OnnxTensor Of(string name, params long[] values) => new(name, OnnxElementType.Int64, [values.Length], stream => WriteAll(stream, values));

    public void Describe(IFieldWriter fields)
    {
        foreach (var size in Dimensions) fields.Integer(1, size);
        fields.Integer(2, (int)Type);
        fields.Text(8, Name);
        fields.Bytes(9, Length, Write);
    }

    /// <summary>Writes values in pieces.</summary>
    public static void WriteAll<T>(Stream stream, ReadOnlySpan<T> values) where T : unmanaged
    {
        for (; values.Length > 0; values = values[Math.Min(ValuesInPiece, values.Length)..])
            stream.Write(MemoryMarshal.AsBytes(values[..Math.Min(ValuesInPiece, values.Length)]));
    }

    private static long SizeOf(OnnxElementType type) => type switch
    {
        OnnxElementType.Byte => sizeof(byte),
        OnnxElementType.Int64 => sizeof(long),
        _ => sizeof(float),
    };
}
