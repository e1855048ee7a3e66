using RnnLm.Networks;
using RnnLm.Onnx.Format;
using RnnLm.Onnx.Graphs;

namespace RnnLm.Onnx.Models;

/// <summary>The output layer in a graph: what turns hidden states into the log-probability of every word.</summary>
internal static class OutputGraph
{
    /// <summary>Adds a softmax over the whole vocabulary, or an adaptive one.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="shape">The network's sizes.</param>
    /// <param name="name">What the names of the constants begin with.</param>
    /// <param name="tensors">The network's weights.</param>
    /// <param name="hidden">The hidden states of the last layer: <c>[n, output]</c>.</param>
    /// <returns>The log-probabilities by word id: <c>[n, vocabulary]</c>.</returns>
    public static string Add(GraphBuilder graph, NetworkShape shape, string name, NetworkTensors<GraphMatrix, NetworkParameter> tensors, string hidden)
    {
        var bias = graph.Initializer(OnnxTensor.Of($"{name}{tensors.OutputBias.Name}", [tensors.OutputBias.Rows], tensors.OutputBias.Values));
        var head = Normalize(graph, tensors.Output.MultiplyAdd(graph, hidden, bias));
        if (shape.AdaptiveSoftmax is not { } adaptive) return head;

        // ln p(word) = ln p(cluster | head) + ln p(word | cluster)
        var parts = new List<string> { graph.Slice(head, axis: 1, 0, adaptive.HeadWords) };
        foreach (var tail in tensors.Tails)
        {
            var entry = adaptive.HeadWords + parts.Count - 1;
            var inCluster = Normalize(graph, tail.Words.Multiply(graph, tail.Projection.Multiply(graph, hidden)));
            parts.Add(graph.Apply("Add", inCluster, graph.Slice(head, axis: 1, entry, entry + 1)));
        }
        return graph.Concatenate(1, [.. parts]);
    }

    private static string Normalize(GraphBuilder graph, string logits) => graph.Apply("LogSoftmax", [logits], [OnnxAttribute.Of("axis", 1)]);
}
