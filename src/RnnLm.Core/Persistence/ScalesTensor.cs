using System.Runtime.InteropServices;
using RnnLm.Networks;
using RnnLm.Safetensors;

namespace RnnLm.Persistence;

/// <summary>The scales of a quantised matrix: <c>[rows]</c>.</summary>
internal sealed class ScalesTensor(QuantizedParameter matrix) : WeightTensor(matrix.Name + ".scales", TensorEntry.Float32, [matrix.Panels.Rows])
{
    public override void Write(PieceHandler handle) => handle(MemoryMarshal.AsBytes(matrix.Panels.Scales));

    public override void Read(PieceHandler fill) => fill(MemoryMarshal.AsBytes(matrix.Panels.Scales));
}
