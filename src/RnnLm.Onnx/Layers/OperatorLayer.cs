using RnnLm.Networks;
using RnnLm.Onnx.Format;
using RnnLm.Onnx.Graphs;

namespace RnnLm.Onnx.Layers;

/// <summary>
/// A recurrent layer as one of ONNX's operators <c>RNN</c>, <c>LSTM</c> and <c>GRU</c>, whose gates have another order than a model's. They have no
/// projection, and weights of single precision.
/// </summary>
internal static class OperatorLayer
{
    private static readonly Dictionary<CellKind, RecurrentOperator> Operators = new()
    {
        [CellKind.Elman] = new("RNN", [new(0)], OnnxAttribute.Of("activations", ["Tanh"])),
        [CellKind.Relu] = new("RNN", [new(0)], OnnxAttribute.Of("activations", ["Relu"])),
        // i f g o become i o f g.
        [CellKind.Lstm] = new("LSTM", [new(0), new(3), new(1), new(2)]),
        // r z n become z r n.
        [CellKind.Gru] = new("GRU", [new(1), new(0), new(2)], OnnxAttribute.Of("linear_before_reset", 1)),
        // f g o become i o f g of an LSTM whose input gate is what the forget gate leaves: 1 − σ(x) = σ(−x).
        [CellKind.Cifg] = new("LSTM", [new(0, IsNegated: true), new(2), new(0), new(1)]),
    };

    /// <summary>Adds a layer.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="kind">The cell.</param>
    /// <param name="name">What the names of the constants begin with.</param>
    /// <param name="weights">The layer's weights.</param>
    /// <param name="inputs">The inputs: <c>[steps, batch, input]</c>.</param>
    /// <param name="state">The state before.</param>
    /// <exception cref="NotSupportedException">There is no operator for the cell.</exception>
    public static GraphLayerOutput Add(
        GraphBuilder graph, CellKind kind, string name, LayerTensors<NetworkParameter, NetworkParameter> weights, string inputs, GraphState state)
    {
        if (!Operators.TryGetValue(kind, out var recurrent)) throw new NotSupportedException($"The cell {kind} has no counterpart in ONNX.");
        var units = weights.Recurrent.Columns;
        var arguments = new List<string>
        {
            inputs,
            graph.Initializer(recurrent.Arrange(name, weights.Input, units)),
            graph.Initializer(recurrent.Arrange(name, weights.Recurrent, units)),
            graph.Initializer(recurrent.ArrangeBiases(name, weights.Bias, weights.RecurrentBias, units)),
            "", // lengths of sequences that are not all alike
            graph.Unsqueeze(state.Hidden, axis: 0),
        };
        if (state.Memory is not null) arguments.Add(graph.Unsqueeze(state.Memory, axis: 0));
        // hidden: [steps, 1, batch, hidden]; the last state and memory: [1, batch, hidden]
        var made = graph.Apply(recurrent.Operation, [.. arguments], [OnnxAttribute.Of("hidden_size", units), .. recurrent.Attributes], state.Memory is null ? 2 : 3);
        return new GraphLayerOutput(
            graph.Squeeze(made[0], axis: 1),
            new GraphState(graph.Squeeze(made[1], axis: 0), state.Memory is null ? null : graph.Squeeze(made[2], axis: 0)));
    }
}
