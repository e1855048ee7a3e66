using RnnLm.Onnx.Format;

namespace RnnLm.Onnx.Graphs;

/// <summary>A matrix of 32-bit floating-point weights, in the layout that it has in a model file.</summary>
/// <param name="name">The name of the constant.</param>
/// <param name="parameter">The weights; nobody changes them.</param>
internal sealed class SinglePrecisionGraphMatrix(string name, NetworkParameter parameter) : GraphMatrix
{
    public override int Columns => parameter.Columns;

    public override string Rows(GraphBuilder graph, string rows) => graph.Gather(Initializer(graph), rows);

    public override string Multiply(GraphBuilder graph, string vectors) => Product(graph, vectors);

    public override string MultiplyAdd(GraphBuilder graph, string vectors, string addend) => Product(graph, vectors, addend);

    private string Product(GraphBuilder graph, string vectors, params string[] addends)
        => graph.Apply("Gemm", [vectors, Initializer(graph), .. addends], [OnnxAttribute.Of("transB", 1)]);

    private string Initializer(GraphBuilder graph) => graph.Initializer(OnnxTensor.Of(name, [parameter.Rows, parameter.Columns], parameter.Values));
}
