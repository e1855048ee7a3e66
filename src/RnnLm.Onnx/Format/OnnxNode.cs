using RnnLm.Onnx.Protobuf;

namespace RnnLm.Onnx.Format;

/// <summary>One operation of a graph.</summary>
/// <param name="Operation">The operator's name, such as <c>Gemm</c>.</param>
/// <param name="Inputs">The names of the values that it takes; an empty name is an input that is left out.</param>
/// <param name="Outputs">The names of the values that it makes.</param>
/// <param name="Attributes">The operator's settings.</param>
internal sealed record OnnxNode(string Operation, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs, IReadOnlyList<OnnxAttribute> Attributes)
{
    public void Describe(IFieldWriter fields)
    {
        foreach (var input in Inputs) fields.Text(1, input);
        foreach (var output in Outputs) fields.Text(2, output);
        fields.Text(4, Operation);
        foreach (var attribute in Attributes) fields.Message(5, attribute.Describe);
    }
}
