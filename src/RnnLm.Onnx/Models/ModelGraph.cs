using RnnLm.Onnx.Format;
using RnnLm.Onnx.Graphs;
using RnnLm.Prediction;

namespace RnnLm.Onnx.Models;

/// <summary>The graph of a whole model: of a network, or of an ensemble of networks.</summary>
internal static class ModelGraph
{
    /// <summary>Makes the graph.</summary>
    /// <param name="networks">The networks, and the share of each in the probability. They have one vocabulary.</param>
    /// <param name="nextWords">Which next words it gives; null for the log-probabilities of all words after each step.</param>
    public static OnnxGraph Of(IReadOnlyList<(Network Network, double Weight)> networks, OnnxNextWords? nextWords)
    {
        var graph = new GraphBuilder();
        var vocabulary = networks[0].Network.Shape.VocabularySize;
        var (batch, length) = nextWords is { OneAtATime: true } ? ((OnnxDimension)1, (OnnxDimension)1) : ("batch", "steps");
        var words = graph.Input(new OnnxValue("words", OnnxElementType.Int64, batch, length));
        NetworkGraph[] parts = [.. networks.Select((network, index) => new NetworkGraph(graph, network.Network, batch, networks.Count == 1 ? "" : $"member{index}_"))];
        var steps = graph.Transpose(words, 1, 0);
        var logProbabilities = new List<string>(); // each [n, vocabulary]
        foreach (var (part, (network, _)) in parts.Zip(networks))
        {
            var hidden = part.Read(steps);
            logProbabilities.Add(part.LogProbabilities(nextWords is not null
                ? part.Last
                : graph.Reshape(graph.Transpose(hidden, 1, 0, 2), graph.Integers(-1, network.Shape.OutputSize))));
        }
        var mean = networks.Count == 1 ? logProbabilities[0] : Mean(graph, logProbabilities, [.. networks.Select(network => network.Weight)]);
        if (nextWords is not null) GiveNextWords(graph, mean, nextWords, batch, vocabulary);
        else graph.Output(graph.Reshape(mean, graph.SizesOf(words, 2, vocabulary)), new OnnxValue("log_probabilities", OnnxElementType.Single, batch, length, vocabulary));
        foreach (var part in parts) part.GiveStates();
        return graph.Build("language_model");
    }

    /// <summary>The logarithm of the weighted mean of probabilities.</summary>
    private static string Mean(GraphBuilder graph, IReadOnlyList<string> logProbabilities, IReadOnlyList<double> weights)
    {
        var weighted = logProbabilities.Zip(weights, (values, weight) => graph.Unsqueeze(graph.Apply("Add", values, graph.Number((float)Math.Log(weight))), axis: 0));
        return graph.Apply("ReduceLogSumExp", [graph.Concatenate(0, [.. weighted])], [OnnxAttribute.Of("axes", [0]), OnnxAttribute.Of("keepdims", 0)]);
    }

    /// <param name="graph">The graph.</param>
    /// <param name="logProbabilities">The log-probabilities after the last word: <c>[batch, vocabulary]</c>.</param>
    /// <param name="nextWords">Which words.</param>
    /// <param name="batch">The number of texts.</param>
    /// <param name="vocabulary">The number of words.</param>
    private static void GiveNextWords(GraphBuilder graph, string logProbabilities, OnnxNextWords nextWords, OnnxDimension batch, int vocabulary)
    {
        if (nextWords.Exclude != SpecialWords.None)
        {
            var mask = new float[vocabulary];
            nextWords.Exclude.ExcludeFrom(mask);
            logProbabilities = graph.Apply("Add", logProbabilities, graph.Initializer(OnnxTensor.Of("excluded", [vocabulary], mask)));
        }
        var best = graph.Apply("TopK", [logProbabilities, graph.Integers(nextWords.Count)], [OnnxAttribute.Of("axis", 1)], outputs: 2);
        graph.Output(best[1], new OnnxValue("next_words", OnnxElementType.Int64, batch, nextWords.Count));
        graph.Output(graph.Apply("Exp", best[0]), new OnnxValue("probabilities", OnnxElementType.Single, batch, nextWords.Count));
    }
}
