using RnnLm.Onnx.Graphs;

namespace RnnLm.Onnx.Layers;

/// <summary>What a step of a cell makes in a graph of what its gates are given.</summary>
/// <param name="graph">The graph.</param>
/// <param name="fromInput">What the input gives the gates, with their bias: <c>[batch, gates * hidden]</c>.</param>
/// <param name="fromState">What the state before gives them, with a bias of its own where the cell has one: <c>[batch, gates * hidden]</c>.</param>
/// <param name="before">The state before.</param>
/// <returns>The new state; its hidden state is not projected yet.</returns>
internal delegate GraphState ScannedStep(GraphBuilder graph, string fromInput, string fromState, GraphState before);

/// <summary>Every cell's step, as operations of a graph.</summary>
internal static class ScannedCell
{
    private static readonly Dictionary<CellKind, ScannedStep> Steps = new()
    {
        [CellKind.Elman] = (graph, fromInput, fromState, _) => new(graph.Apply("Tanh", graph.Apply("Add", fromInput, fromState)), null),
        [CellKind.Relu] = (graph, fromInput, fromState, _) => new(graph.Apply("Relu", graph.Apply("Add", fromInput, fromState)), null),
        [CellKind.Lstm] = LstmStep,
        [CellKind.Gru] = GruStep,
        [CellKind.Cifg] = CoupledStep,
    };

    /// <summary>A cell's step.</summary>
    /// <exception cref="NotSupportedException">The cell is unknown.</exception>
    public static ScannedStep StepOf(CellKind kind)
        => Steps.TryGetValue(kind, out var step) ? step : throw new NotSupportedException($"The cell {kind} has no counterpart in ONNX.");

    /// <summary><c>i f g o</c>: <c>c = σ(f)∘c' + σ(i)∘tanh(g)</c>, <c>h = σ(o)∘tanh(c)</c>.</summary>
    private static GraphState LstmStep(GraphBuilder graph, string fromInput, string fromState, GraphState before)
    {
        var gates = graph.Split(graph.Apply("Add", fromInput, fromState), axis: 1, 4);
        var kept = graph.Apply("Mul", graph.Apply("Sigmoid", gates[1]), before.Memory!);
        var added = graph.Apply("Mul", graph.Apply("Sigmoid", gates[0]), graph.Apply("Tanh", gates[2]));
        return Open(graph, gates[3], graph.Apply("Add", kept, added));
    }

    /// <summary><c>f g o</c>: <c>c = g + σ(f)∘(c' − g)</c> of <c>g = tanh(…)</c>, <c>h = σ(o)∘tanh(c)</c>.</summary>
    private static GraphState CoupledStep(GraphBuilder graph, string fromInput, string fromState, GraphState before)
    {
        var gates = graph.Split(graph.Apply("Add", fromInput, fromState), axis: 1, 3);
        return Open(graph, gates[2], Between(graph, graph.Apply("Tanh", gates[1]), before.Memory!, graph.Apply("Sigmoid", gates[0])));
    }

    /// <summary><c>r z n</c>: <c>n = tanh(x + r∘u)</c> of what input and state give it, <c>h = n + σ(z)∘(h' − n)</c>.</summary>
    private static GraphState GruStep(GraphBuilder graph, string fromInput, string fromState, GraphState before)
    {
        var (inputs, states) = (graph.Split(fromInput, axis: 1, 3), graph.Split(fromState, axis: 1, 3));
        var reset = graph.Apply("Sigmoid", graph.Apply("Add", inputs[0], states[0]));
        var update = graph.Apply("Sigmoid", graph.Apply("Add", inputs[1], states[1]));
        var candidate = graph.Apply("Tanh", graph.Apply("Add", inputs[2], graph.Apply("Mul", reset, states[2])));
        return new GraphState(Between(graph, candidate, before.Hidden, update), null);
    }

    private static GraphState Open(GraphBuilder graph, string outputGate, string memory)
        => new(graph.Apply("Mul", graph.Apply("Sigmoid", outputGate), graph.Apply("Tanh", memory)), memory);

    // a + share∘(b − a)
    private static string Between(GraphBuilder graph, string a, string b, string share) => graph.Apply("Add", a, graph.Apply("Mul", share, graph.Apply("Sub", b, a)));
}
