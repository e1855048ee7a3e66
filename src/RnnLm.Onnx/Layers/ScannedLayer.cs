using RnnLm.Networks;
using RnnLm.Onnx.Format;
using RnnLm.Onnx.Graphs;

namespace RnnLm.Onnx.Layers;

/// <summary>
/// A recurrent layer as the operator <c>Scan</c>, which goes through a graph of one step again and again: for what ONNX's recurrent operators lack, a
/// projection and weights of 8 bits. What the inputs give the gates is one product for all steps.
/// </summary>
internal static class ScannedLayer
{
    /// <summary>Adds a layer.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="kind">The cell.</param>
    /// <param name="name">What the names of the constants begin with.</param>
    /// <param name="weights">The layer's weights.</param>
    /// <param name="inputs">The inputs: <c>[steps, batch, input]</c>.</param>
    /// <param name="state">The state before.</param>
    public static GraphLayerOutput Add(
        GraphBuilder graph, CellKind kind, string name, LayerTensors<GraphMatrix, NetworkParameter> weights, string inputs, GraphState state)
    {
        var bias = graph.Initializer(OnnxTensor.Of($"{name}{weights.Bias.Name}", [weights.Bias.Rows], weights.Bias.Values));
        var flat = graph.Reshape(inputs, graph.Integers(-1, weights.Input.Columns));
        var fromInputs = graph.Reshape(weights.Input.MultiplyAdd(graph, flat, bias), graph.SizesOf(inputs, 2, -1)); // [steps, batch, gates * hidden]

        var body = graph.CreateBody();
        var (hidden, memory) = (InputOf(body), state.Memory is null ? null : InputOf(body));
        var fromInput = InputOf(body);
        var fromState = weights.RecurrentBias is null
            ? weights.Recurrent.Multiply(body, hidden)
            : weights.Recurrent.MultiplyAdd(body, hidden, graph.Initializer(RecurrentBiases(name, weights.Bias, weights.RecurrentBias)));
        var after = ScannedCell.StepOf(kind)(body, fromInput, fromState, new GraphState(hidden, memory));
        var output = weights.Projection?.Multiply(body, after.Hidden) ?? after.Hidden;
        OutputOf(body, output);
        if (after.Memory is not null) OutputOf(body, after.Memory);
        OutputOf(body, output);

        string[] states = state.Memory is null ? [state.Hidden] : [state.Hidden, state.Memory];
        var made = graph.Apply(
            "Scan", [.. states, fromInputs], [OnnxAttribute.Of("body", body.Build("one step")), OnnxAttribute.Of("num_scan_inputs", 1)], states.Length + 1);
        return new GraphLayerOutput(made[^1], new GraphState(made[0], state.Memory is null ? null : made[1]));
    }

    private static string InputOf(GraphBuilder body) => body.Input(ValueOf(body));

    private static void OutputOf(GraphBuilder body, string value) => body.Output(value, ValueOf(body));

    // [batch, size]; the sizes follow from those around.
    private static OnnxValue ValueOf(GraphBuilder body) => new(body.NewName("step"), OnnxElementType.Single, body.NewName("rows"), body.NewName("size"));

    // Those of the gate that has one, the last, and zeros for the others: [gates * hidden]
    private static OnnxTensor RecurrentBiases(string name, NetworkParameter bias, NetworkParameter recurrentBias)
        => new($"{name}{recurrentBias.Name}", OnnxElementType.Single, [bias.Rows], stream =>
        {
            OnnxTensor.WriteAll<float>(stream, new float[bias.Rows - recurrentBias.Rows]);
            OnnxTensor.WriteAll<float>(stream, recurrentBias.Values);
        });
}
