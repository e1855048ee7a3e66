using RnnLm.Onnx.Protobuf;

namespace RnnLm.Onnx.Format;

/// <summary>A graph of operations: a whole model, or what an operator such as <c>Scan</c> does again and again.</summary>
/// <param name="Name">Its name, for people to read.</param>
/// <param name="Nodes">The operations, each after those whose values it takes.</param>
/// <param name="Initializers">The constants, weights among them.</param>
/// <param name="Inputs">What it is given.</param>
/// <param name="Outputs">What it gives.</param>
internal sealed record OnnxGraph(
    string Name, IReadOnlyList<OnnxNode> Nodes, IReadOnlyList<OnnxTensor> Initializers, IReadOnlyList<OnnxValue> Inputs, IReadOnlyList<OnnxValue> Outputs)
{
    public void Describe(IFieldWriter fields)
    {
        foreach (var node in Nodes) fields.Message(1, node.Describe);
        fields.Text(2, Name);
        foreach (var initializer in Initializers) fields.Message(5, initializer.Describe);
        foreach (var input in Inputs) fields.Message(11, input.Describe);
        foreach (var output in Outputs) fields.Message(12, output.Describe);
    }
}
