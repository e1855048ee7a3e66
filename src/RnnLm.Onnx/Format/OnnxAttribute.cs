using RnnLm.Onnx.Protobuf;

namespace RnnLm.Onnx.Format;

/// <summary>A setting of an operator.</summary>
internal sealed class OnnxAttribute
{
    private const int Integer = 2;
    private const int Graph = 5;
    private const int Integers = 7;
    private const int Texts = 8;

    private readonly string name;
    private readonly int type;
    private readonly Action<IFieldWriter> describeValue;

    private OnnxAttribute(string name, int type, Action<IFieldWriter> describeValue) => (this.name, this.type, this.describeValue) = (name, type, describeValue);

    public static OnnxAttribute Of(string name, long value) => new(name, Integer, fields => fields.Integer(3, value));

    public static OnnxAttribute Of(string name, OnnxGraph graph) => new(name, Graph, fields => fields.Message(6, graph.Describe));

    public static OnnxAttribute Of(string name, params long[] values) => new(name, Integers, fields =>
    {
        foreach (var value in values) fields.Integer(8, value);
    });

    public static OnnxAttribute Of(string name, params string[] values) => new(name, Texts, fields =>
    {
        foreach (var value in values) fields.Text(9, value);
    });

    public void Describe(IFieldWriter fields)
    {
        fields.Text(1, name);
        describeValue(fields);
        fields.Integer(20, type);
    }
}
