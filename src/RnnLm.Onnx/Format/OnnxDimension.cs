using RnnLm.Onnx.Protobuf;

namespace RnnLm.Onnx.Format;

/// <summary>One size of a tensor: a number, or a name where it is known only when the graph runs.</summary>
internal readonly record struct OnnxDimension
{
    private readonly long size;
    private readonly string? name;

    private OnnxDimension(long size, string? name) => (this.size, this.name) = (size, name);

    public static implicit operator OnnxDimension(int size) => new(size, null);

    public static implicit operator OnnxDimension(string name) => new(0, name);

    public void Describe(IFieldWriter fields)
    {
        if (name is null) fields.Integer(1, size);
        else fields.Text(2, name);
    }
}
