using System.Runtime.InteropServices;
using RnnLm.Networks;

namespace RnnLm.Persistence;

/// <summary>The scales of a quantised matrix: <c>[rows]</c>.</summary>
internal sealed class ScalesTensor(QuantizedParameter matrix) : WeightTensor(WeightDescription.OfScales(matrix.Name, matrix.Panels.Rows))
{
    public override void Write(PieceHandler handle) => handle(MemoryMarshal.AsBytes(matrix.Panels.Scales));

    public override void Read(PieceHandler fill) => fill(MemoryMarshal.AsBytes(matrix.Panels.Scales));
}
