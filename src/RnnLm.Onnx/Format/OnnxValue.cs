using RnnLm.Onnx.Protobuf;

namespace RnnLm.Onnx.Format;

/// <summary>An input or an output of a graph.</summary>
/// <param name="Name">Its name, which no other value has.</param>
/// <param name="Type">The type of its elements.</param>
/// <param name="Dimensions">Its sizes.</param>
internal sealed record OnnxValue(string Name, OnnxElementType Type, params IReadOnlyList<OnnxDimension> Dimensions)
{
    public void Describe(IFieldWriter fields)
    {
        fields.Text(1, Name);
        fields.Message(2, type => type.Message(1, tensor =>
        {
            tensor.Integer(1, (int)Type);
            tensor.Message(2, shape =>
            {
                foreach (var dimension in Dimensions) shape.Message(1, dimension.Describe);
            });
        }));
    }
}
