using RnnLm.Networks;
using RnnLm.Numerics;
using RnnLm.Onnx.Format;

namespace RnnLm.Onnx.Graphs;

/// <summary>
/// A matrix of 8-bit integers with a scale for each row, the very ones of the model. A vector is rounded to 16-bit integers with a scale of its own, as in
/// <see cref="FixedPoint"/>, and multiplied in whole numbers by the operator <c>MatMulInteger</c>, so that the graph differs from the model only in how its
/// last bits are rounded.
/// </summary>
/// <remarks>
/// <para><c>MatMulInteger</c> takes vectors of 8 bits. A 16-bit integer is two digits, <c>v = 256 · high + low</c>, which go through one product as two rows,
/// so that weights are read once.</para>
/// <para>Weights and digits are both stored as bytes above a zero point of 128: for bytes by bytes ONNX Runtime has kernels whose sums are exact on every
/// processor; those for signed weights saturate on some processors with AVX2.</para>
/// </remarks>
/// <param name="name">The name of the constant.</param>
/// <param name="parameter">The integers and scales; nobody changes them.</param>
internal sealed class QuantizedGraphMatrix(string name, QuantizedParameter parameter) : GraphMatrix
{
    private const int ZeroPoint = 128;
    private const int Radix = 256;
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
        var sums = MultiplyLevels(graph, levels);
        return graph.Apply("Mul", sums, graph.Apply("Mul", Scales(graph), graph.Apply("Div", bounded, greatestLevel)));
    }

    public override string MultiplyAdd(GraphBuilder graph, string vectors, string addend) => graph.Apply("Add", Multiply(graph, vectors), addend);

    /// <summary>Sums of products of whole numbers.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="levels">The vectors, of 16-bit integers: <c>[n, columns]</c>.</param>
    private string MultiplyLevels(GraphBuilder graph, string levels)
    {
        var (radix, zeroPoint) = (graph.Number(Radix), graph.Byte(ZeroPoint));
        var high = graph.Apply("Floor", graph.Apply("Mul", levels, graph.Number(1f / Radix)));
        var low = graph.Apply("Sub", levels, graph.Apply("Mul", high, radix)); // from 0 to 255
        var digits = graph.Concatenate(0, graph.Apply("Add", high, graph.Number(ZeroPoint)), low);
        var products = graph.Apply("MatMulInteger", graph.Cast(digits, OnnxElementType.Byte), Levels(graph), zeroPoint, zeroPoint);
        var sums = graph.Split(graph.Cast(products, OnnxElementType.Single), axis: 0, 2);
        // Above the zero point, a low digit is 128 too little.
        return graph.Apply("Add", graph.Apply("Mul", sums[0], radix), graph.Apply("Add", sums[1], ZeroPointSums(graph)));
    }

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

    // 128 times the sum of each row's integers: [rows]
    private string ZeroPointSums(GraphBuilder graph) => graph.Initializer(new OnnxTensor($"{name}.sums", OnnxElementType.Single, [panels.Rows], stream =>
    {
        var levels = new sbyte[panels.Columns];
        var sums = new float[panels.Rows];
        for (var row = 0; row < panels.Rows; row++)
        {
            panels.CopyRow(row, levels);
            foreach (var level in levels) sums[row] += ZeroPoint * level;
        }
        OnnxTensor.WriteAll<float>(stream, sums);
    }));
}
