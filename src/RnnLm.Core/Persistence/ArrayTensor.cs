using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RnnLm.Persistence;

/// <summary>A tensor whose values lie in an array, in their order.</summary>
/// <param name="description">The tensor.</param>
/// <param name="values">The values, which are written, or filled in reading.</param>
internal class ArrayTensor<T>(WeightDescription description, T[] values) : WeightTensor(description) where T : struct
{
    private static readonly int ValuesInPiece = PieceLength / Unsafe.SizeOf<T>();

    /// <summary>An array as a tensor of one dimension.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <param name="type">The type of its values.</param>
    /// <param name="values">The values.</param>
    public ArrayTensor(string name, string type, T[] values)
        : this(new WeightDescription(name, type, [values.Length]), values)
    {
    }

    public override void Write(PieceHandler handle) => ForEachPiece(handle);

    public override void Read(PieceHandler fill) => ForEachPiece(fill);

    private void ForEachPiece(PieceHandler handle)
    {
        for (var start = 0L; start < values.Length; start += ValuesInPiece)
            handle(MemoryMarshal.AsBytes(values.AsSpan((int)start, (int)Math.Min(ValuesInPiece, values.Length - start))));
    }
}
