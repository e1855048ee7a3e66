using RnnLm.Networks;
using RnnLm.Numerics;
using RnnLm.Onnx.Format;

namespace RnnLm.Onnx.Graphs;

/// <summary>
/// A matrix of 8-bit integers with a scale for each row, the very ones of the model. A vector is rounded to 7-bit integers above a zero point, as in
/// <see cref="FixedPoint"/>, and multiplied in whole numbers by the operator <c>MatMulInteger</c>, so that the graph differs from the model only in how its
/// last bits are rounded.
/// </summary>
/// <remarks>
/// Weights are stored as bytes above a zero point of 128: for bytes by bytes ONNX Runtime has kernels whose sums are exact on every
/// processor; those for signed weights saturate on some processors with AVX2.
/// </remarks>
/// <param name="name">The name of the constant.</param>
/// <param name="parameter">The integers and scales; nobody changes them.</param>
internal sealed class QuantizedGraphMatrix(string name, QuantizedParameter parameter) : GraphMatrix
{
    private const int ZeroPoint = 128;
    private const float Least = 1e-30f; // vectors of smaller numbers count for nothing

    private readonly QuantizedPanels panels = parameter.Panels;

    public override int Columns => panels.Columns;

    public override string Rows(GraphBuilder graph, string rows)
    {
        var bytes = graph.Transpose(graph.Gather(Levels(graph), rows, axis: 1), 1, 2, 0); // [n, m, columns]
        var levels = graph.Apply("Sub", graph.Cast(bytes, OnnxElementType.Single), graph.Number(ZeroPoint));
        return graph.Apply("Mul", levels, graph.Unsqueeze(graph.Gather(Scales(graph), rows), axis: 2));
    }

    public override string Multiply(GraphBuilder graph, string vectors)
    {
        var greatest = graph.Apply("ReduceMax", [graph.Apply("Abs", vectors)], [OnnxAttribute.Of("axes", [1])]); // [n, 1]
        var bounded = graph.Apply("Max", greatest, graph.Number(Least));
        var greatestLevel = graph.Number(FixedPoint.GreatestLevel(panels.Columns));
        var levels = graph.Apply("Round", graph.Apply("Mul", vectors, graph.Apply("Div", greatestLevel, bounded)));
        var bytes = graph.Cast(graph.Apply("Add", levels, graph.Number(FixedPoint.ZeroPoint)), OnnxElementType.Byte);
        var sums = graph.Apply("MatMulInteger", bytes, Levels(graph), graph.Byte(FixedPoint.ZeroPoint), graph.Byte(ZeroPoint));
        // One scale after the other: a product of the two ONNX Runtime would take for the scales of MatMulIntegerToFloat, which has one for all vectors.
        var scaled = graph.Apply("Mul", graph.Cast(sums, OnnxElementType.Single), Scales(graph));
        return graph.Apply("Mul", scaled, graph.Apply("Div", bounded, greatestLevel));
    }

    public override string MultiplyAdd(GraphBuilder graph, string vectors, string addend) => graph.Apply("Add", Multiply(graph, vectors), addend);

    // [columns, rows], each 128 above the integer
    private string Levels(GraphBuilder graph) => graph.Initializer(new OnnxTensor($"{name}.levels", OnnxElementType.Byte, [panels.Columns, panels.Rows], stream =>
    {
        var levels = new sbyte[panels.Columns];
        var transposed = new byte[checked(panels.Columns * panels.Rows)];
        for (var row = 0; row < panels.Rows; row++)
        {
            panels.CopyRow(row, levels);
            for (var column = 0; column < levels.Length; column++) transposed[(column * panels.Rows) + row] = (byte)(levels[column] + ZeroPoint);
        }
        OnnxTensor.WriteAll<byte>(stream, transposed);
    }));

    private string Scales(GraphBuilder graph) => graph.Initializer(OnnxTensor.Of($"{name}.scales", [panels.Rows], panels.Scales.ToArray()));
}
