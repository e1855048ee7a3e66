using RnnLm.Onnx.Format;

namespace RnnLm.Onnx.Graphs;

/// <summary>
/// Puts a graph together, operation after operation. A value is known by its name. A body, what an operator does again and again, is a builder
/// of its own, which sees the values of the graph around it; no two values anywhere have one name, and all constants are the outermost graph's.
/// </summary>
internal sealed class GraphBuilder
{
    private readonly GraphBuilder outermost;
    private readonly List<OnnxNode> nodes = [];
    private readonly List<OnnxValue> inputs = [];
    private readonly List<OnnxValue> outputs = [];
    private readonly Dictionary<string, OnnxTensor> initializers = [];
    private readonly Dictionary<string, string> constants = []; // the names of small constants, by what they are
    private int values;

    public GraphBuilder() => outermost = this;

    private GraphBuilder(GraphBuilder outermost) => this.outermost = outermost;

    /// <summary>A graph for an operator to do again and again.</summary>
    public GraphBuilder CreateBody() => new(outermost);

    /// <summary>The graph.</summary>
    /// <param name="name">Its name, for people to read.</param>
    public OnnxGraph Build(string name) => new(name, nodes, [.. initializers.Values], inputs, outputs);

    /// <summary>Adds something that the graph is given.</summary>
    public string Input(OnnxValue input)
    {
        inputs.Add(input);
        return input.Name;
    }

    /// <summary>Makes a value something that the graph gives, under a name of its own.</summary>
    public void Output(string value, OnnxValue output)
    {
        nodes.Add(new OnnxNode("Identity", [value], [output.Name], []));
        outputs.Add(output);
    }

    /// <summary>Adds a constant, once.</summary>
    public string Initializer(OnnxTensor tensor)
    {
        outermost.initializers.TryAdd(tensor.Name, tensor);
        return tensor.Name;
    }

    /// <summary>A number as a constant.</summary>
    public string Number(float value) => Constant($"number {BitConverter.SingleToInt32Bits(value):X8}", name => OnnxTensor.Of(name, [], new[] { value }));

    /// <summary>A vector of whole numbers as a constant.</summary>
    public string Integers(params long[] values) => Constant($"integers {string.Join(' ', values)}", name => OnnxTensor.Of(name, values));

    /// <summary>A byte as a constant.</summary>
    public string Byte(byte value) => Constant($"byte {value}", name => new OnnxTensor(name, OnnxElementType.Byte, [], stream => stream.WriteByte(value)));

    /// <summary>Adds an operation without settings that makes one value.</summary>
    /// <param name="operation">The operator.</param>
    /// <param name="inputs">What it takes.</param>
    /// <returns>What it makes.</returns>
    public string Apply(string operation, params string[] inputs) => Apply(operation, inputs, []);

    /// <summary>Adds an operation that makes one value.</summary>
    /// <param name="operation">The operator.</param>
    /// <param name="inputs">What it takes.</param>
    /// <param name="attributes">Its settings.</param>
    /// <returns>What it makes.</returns>
    public string Apply(string operation, string[] inputs, OnnxAttribute[] attributes) => Apply(operation, inputs, attributes, outputs: 1)[0];

    /// <summary>Adds an operation.</summary>
    /// <param name="operation">The operator.</param>
    /// <param name="inputs">What it takes.</param>
    /// <param name="attributes">Its settings.</param>
    /// <param name="outputs">How many values it makes.</param>
    /// <returns>What it makes.</returns>
    public string[] Apply(string operation, string[] inputs, OnnxAttribute[] attributes, int outputs)
    {
        string[] made = [.. Enumerable.Range(0, outputs).Select(_ => NewName(operation.ToLowerInvariant()))];
        nodes.Add(new OnnxNode(operation, inputs, made, attributes));
        return made;
    }

    /// <summary>A name that no value has.</summary>
    public string NewName(string kind) => $"{kind}_{++outermost.values}";

    /// <summary>The same elements in another shape.</summary>
    /// <param name="value">The value.</param>
    /// <param name="shape">The shape, a vector of whole numbers; one that is −1 is what is left.</param>
    public string Reshape(string value, string shape) => Apply("Reshape", value, shape);

    /// <summary>The value with its dimensions in another order.</summary>
    public string Transpose(string value, params long[] permutation) => Apply("Transpose", [value], [OnnxAttribute.Of("perm", permutation)]);

    /// <summary>The value with one dimension more, of size 1.</summary>
    public string Unsqueeze(string value, long axis) => Apply("Unsqueeze", value, Integers(axis));

    /// <summary>The value without a dimension of size 1.</summary>
    public string Squeeze(string value, long axis) => Apply("Squeeze", value, Integers(axis));

    /// <summary>Values, one after the other along a dimension.</summary>
    public string Concatenate(long axis, params string[] values) => Apply("Concat", values, [OnnxAttribute.Of("axis", axis)]);

    /// <summary>The value in parts of equal size along a dimension.</summary>
    public string[] Split(string value, long axis, int parts) => parts == 1 ? [value] : Apply("Split", [value], [OnnxAttribute.Of("axis", axis)], parts);

    /// <summary>A stretch of the value along a dimension.</summary>
    public string Slice(string value, long axis, long start, long end) => Apply("Slice", value, Integers(start), Integers(end), Integers(axis));

    /// <summary>The elements in another type.</summary>
    public string Cast(string value, OnnxElementType type) => Apply("Cast", [value], [OnnxAttribute.Of("to", (long)type)]);

    /// <summary>The rows of a matrix, or whatever lies along a dimension, in the order of indices.</summary>
    public string Gather(string value, string indices, long axis = 0) => Apply("Gather", [value, indices], [OnnxAttribute.Of("axis", axis)]);

    /// <summary>The first sizes of a value, and others after them.</summary>
    /// <param name="value">The value.</param>
    /// <param name="count">How many of its sizes are taken.</param>
    /// <param name="others">The others; one that is −1 is what is left.</param>
    public string SizesOf(string value, int count, params long[] others) => Concatenate(0, Slice(Apply("Shape", value), axis: 0, 0, count), Integers(others));

    private string Constant(string what, Func<string, OnnxTensor> create)
    {
        if (!outermost.constants.TryGetValue(what, out var name)) outermost.constants.Add(what, name = Initializer(create(NewName("constant"))));
        return name;
    }
}
