using System.Runtime.InteropServices;
using RnnLm.Onnx.Format;
using RnnLm.Onnx.Protobuf;

namespace RnnLm.Benchmarks.Comparison.Peers;

/// <summary>An ONNX file with operators that are ONNX Runtime's own, and signed bytes: what an exported file does without.</summary>
sealed class OnnxPeerFile
{
    /// <summary>The domain of ONNX Runtime's own operators; that of ONNX's is empty.</summary>
    public const string OnnxRuntime = "com.microsoft";

    private const int FormatVersion = 7; // that goes with the operators
    private const int SignedByte = 3; // the format's number for the type

    private readonly List<Action<IFieldWriter>> nodes = [];
    private readonly List<Action<IFieldWriter>> initializers = [];
    private readonly List<OnnxValue> inputs = [];
    private readonly List<OnnxValue> outputs = [];

    public void Input(OnnxValue input) => inputs.Add(input);

    public void Output(OnnxValue output) => outputs.Add(output);

    /// <summary>Adds an operation.</summary>
    /// <param name="domain">Whose the operator is.</param>
    /// <param name="operation">The operator.</param>
    /// <param name="arguments">What it takes.</param>
    /// <param name="made">The names of what it makes.</param>
    /// <param name="attributes">Its settings.</param>
    public void Apply(string domain, string operation, string[] arguments, string[] made, params OnnxAttribute[] attributes) => nodes.Add(fields =>
    {
        new OnnxNode(operation, arguments, made, attributes).Describe(fields);
        fields.Text(7, domain);
    });

    /// <summary>Adds a constant and gives its name.</summary>
    public string Constant(OnnxTensor tensor)
    {
        initializers.Add(tensor.Describe);
        return tensor.Name;
    }

    /// <summary>Adds a constant of signed bytes and gives its name.</summary>
    public string Constant(string name, int[] dimensions, sbyte[] values)
    {
        initializers.Add(fields =>
        {
            foreach (var size in dimensions) fields.Integer(1, size);
            fields.Integer(2, SignedByte);
            fields.Text(8, name);
            fields.Bytes(9, values.Length, stream => stream.Write(MemoryMarshal.AsBytes(values.AsSpan())));
        });
        return name;
    }

    public byte[] ToArray()
    {
        using var file = new MemoryStream();
        FieldOutput.Write(file, Describe);
        return file.ToArray();
    }

    private void Describe(IFieldWriter fields)
    {
        fields.Integer(1, FormatVersion);
        fields.Message(7, graph =>
        {
            foreach (var node in nodes) graph.Message(1, node);
            graph.Text(2, "one step");
            foreach (var initializer in initializers) graph.Message(5, initializer);
            foreach (var input in inputs) graph.Message(11, input.Describe);
            foreach (var output in outputs) graph.Message(12, output.Describe);
        });
        DescribeOperators(fields, "", OnnxModel.OperatorSet);
        DescribeOperators(fields, OnnxRuntime, 1);
    }

    private static void DescribeOperators(IFieldWriter fields, string domain, int version) => fields.Message(8, operators =>
    {
        operators.Text(1, domain);
        operators.Integer(2, version);
    });
}
