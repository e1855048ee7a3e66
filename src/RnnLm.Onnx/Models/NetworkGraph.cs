using RnnLm.Networks;
using RnnLm.Onnx.Format;
using RnnLm.Onnx.Graphs;
using RnnLm.Onnx.Layers;

namespace RnnLm.Onnx.Models;

/// <summary>One network in a graph: the states that the graph is given for it, its layers, and the states that the graph gives back.</summary>
internal sealed class NetworkGraph
{
    private const string Next = "next_";

    private readonly GraphBuilder graph;
    private readonly NetworkShape shape;
    private readonly OnnxDimension batch;
    private readonly string prefix;
    private readonly NetworkTensors<GraphMatrix, NetworkParameter> tensors;
    private readonly NetworkTensors<NetworkParameter, NetworkParameter>? weights; // null where they are of 8 bits
    private readonly GraphState[] states;

    /// <param name="graph">The graph.</param>
    /// <param name="network">The network.</param>
    /// <param name="batch">The number of texts that are read at once.</param>
    /// <param name="prefix">What the names of its constants and states begin with.</param>
    public NetworkGraph(GraphBuilder graph, Network network, OnnxDimension batch, string prefix)
    {
        (this.graph, shape, this.batch, this.prefix) = (graph, network.Shape, batch, prefix);
        weights = network.IsQuantized ? null : network.Weights.Tensors;
        tensors = network.Quantized is { } quantized
            ? quantized.Tensors.Select<GraphMatrix, NetworkParameter>(matrix => new QuantizedGraphMatrix(prefix + matrix.Name, matrix), vector => vector)
            : network.Weights.Tensors.Select<GraphMatrix, NetworkParameter>(matrix => new SinglePrecisionGraphMatrix(prefix + matrix.Name, matrix), vector => vector);
        states = [.. Enumerable.Range(0, shape.Layers).Select(AddState)];
    }

    /// <summary>The last layer's hidden state after the last word: <c>[batch, output]</c>.</summary>
    public string Last => states[^1].Hidden;

    /// <summary>Adds the layers.</summary>
    /// <param name="words">The ids of the words: <c>[steps, batch]</c>.</param>
    /// <returns>The hidden states of the last layer: <c>[steps, batch, output]</c>.</returns>
    public string Read(string words)
    {
        var values = tensors.Embedding.Rows(graph, words);
        for (var layer = 0; layer < states.Length; layer++)
        {
            var (hidden, state) = weights is null || shape.ProjectionSize is not null
                ? ScannedLayer.Add(graph, shape.Cell, prefix, tensors.Layers[layer], values, states[layer])
                : OperatorLayer.Add(graph, shape.Cell, prefix, weights.Layers[layer], values, states[layer]);
            (values, states[layer]) = (hidden, state);
        }
        return values;
    }

    /// <summary>Adds the output layer.</summary>
    /// <param name="hidden">Hidden states of the last layer: <c>[n, output]</c>.</param>
    /// <returns>The log-probabilities by word id: <c>[n, vocabulary]</c>.</returns>
    public string LogProbabilities(string hidden) => OutputGraph.Add(graph, shape, prefix, tensors, hidden);

    /// <summary>Makes the states after the last word something that the graph gives.</summary>
    public void GiveStates()
    {
        for (var layer = 0; layer < states.Length; layer++)
        {
            graph.Output(states[layer].Hidden, HiddenOf(Next, layer));
            if (states[layer].Memory is { } memory) graph.Output(memory, MemoryOf(Next, layer));
        }
    }

    private GraphState AddState(int layer)
        => new(graph.Input(HiddenOf("", layer)), shape.CellDescription.HasMemory ? graph.Input(MemoryOf("", layer)) : null);

    private OnnxValue HiddenOf(string kind, int layer)
        => new($"{kind}{prefix}h{layer}", OnnxElementType.Single, batch, shape.OutputSizeOf(layer));

    private OnnxValue MemoryOf(string kind, int layer)
        => new($"{kind}{prefix}c{layer}", OnnxElementType.Single, batch, shape.UnitsOf(layer));
}
