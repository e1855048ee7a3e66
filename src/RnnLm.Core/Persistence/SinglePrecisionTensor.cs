using System.Runtime.InteropServices;

namespace RnnLm.Persistence;

/// <summary>A parameter in single precision.</summary>
internal sealed class SinglePrecisionTensor(NetworkParameter parameter) : WeightTensor(
    WeightDescription.OfSinglePrecision(parameter.Name, parameter.Rows, parameter.Columns))
{
    private const int ValuesInPiece = PieceLength / sizeof(float);

    public override void Write(PieceHandler handle) => ForEachPiece(handle);

    public override void Read(PieceHandler fill) => ForEachPiece(fill);

    private void ForEachPiece(PieceHandler handle)
    {
        var values = parameter.Values;
        for (var start = 0; start < values.Length; start += ValuesInPiece)
            handle(MemoryMarshal.AsBytes(values.AsSpan(start, Math.Min(ValuesInPiece, values.Length - start))));
    }
}
