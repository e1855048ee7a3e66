using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RnnLm.Persistence;

/// <summary>An array as a tensor of one dimension.</summary>
/// <param name="name">The tensor's name.</param>
/// <param name="type">The type of its values.</param>
/// <param name="values">The values, which are written, or filled in reading.</param>
internal sealed class ArrayTensor<T>(string name, string type, T[] values) : WeightTensor(new WeightDescription(name, type, [values.Length])) where T : struct
{
    private static readonly int ValuesInPiece = PieceLength / Unsafe.SizeOf<T>();

    public override void Write(PieceHandler handle) => ForEachPiece(handle);

    public override void Read(PieceHandler fill) => ForEachPiece(fill);

    private void ForEachPiece(PieceHandler handle)
    {
        for (var start = 0L; start < values.Length; start += ValuesInPiece)
            handle(MemoryMarshal.AsBytes(values.AsSpan((int)start, (int)Math.Min(ValuesInPiece, values.Length - start))));
    }
}
