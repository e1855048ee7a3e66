using System.Runtime.InteropServices;
using System.Text.Json;

namespace RnnLm.Tests.PyTorch.Python;

/// <summary>The adaptive softmax is that of <c>torch.nn.AdaptiveLogSoftmaxWithLoss</c> with a bias in the head.</summary>
public sealed class AdaptiveSoftmaxTests
{
    private const double Tolerance = 1e-5;

    private static readonly (double DivisionFactor, int[] Cutoffs)[] Layers = [(4, [6, 15, 30]), (2, [2]), (2.5, [10, 11, 40]), (1, [20, 30])];

    [PythonFact]
    public void Sizes_and_log_probabilities_are_those_of_PyTorch()
    {
        var folder = Directory.CreateTempSubdirectory("rnnlm-python-");
        try
        {
            var expected = Layers.Select((layer, index) =>
            {
                var weights = AdaptiveModels.Weights(hidden: 67, divisionFactor: layer.DivisionFactor, cutoffs: layer.Cutoffs);
                return Write(folder.CreateSubdirectory($"{index}").FullName, weights);
            }).ToArray();
            PythonInterpreter.Run("adaptive_softmax.py", folder.FullName);
            for (var index = 0; index < Layers.Length; index++)
            {
                var actual = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path.Combine(folder.FullName, $"{index}", "logp.bin"))).ToArray();
                Assert.Equal(actual.Length, expected[index].Length);
                for (var i = 0; i < actual.Length; i++) Assert.Equal(actual[i], expected[index][i], Tolerance);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Writes what PyTorch is to work out, and gives what it should be: <c>[text, vocabulary]</c>.</summary>
    private static float[] Write(string folder, NetworkWeights weights)
    {
        var network = new Network(weights);
        var state = network.CreateState();
        var hidden = new List<float[]>();
        var expected = new List<float>();
        var logProbabilities = new float[weights.Shape.VocabularySize];
        foreach (var word in RandomModels.Ids(25, weights.Shape.VocabularySize))
        {
            network.Step(word, state);
            network.LogProbabilities(state, logProbabilities);
            hidden.Add(state.Output.ToArray());
            expected.AddRange(logProbabilities);
        }
        var tensors = new Dictionary<string, float[]> { ["head.weight"] = weights.Output.Values, ["head.bias"] = weights.OutputBias.Values };
        for (var tail = 0; tail < weights.Tails.Count; tail++)
        {
            tensors.Add($"tail.{tail}.0.weight", weights.Tails[tail].Projection.Values);
            tensors.Add($"tail.{tail}.1.weight", weights.Tails[tail].Words.Values);
        }
        File.WriteAllText(Path.Combine(folder, "layer.json"), JsonSerializer.Serialize(new
        {
            features = weights.Shape.OutputSize,
            words = weights.Shape.VocabularySize,
            cutoffs = weights.Shape.AdaptiveSoftmax!.Cutoffs,
            division_factor = weights.Shape.AdaptiveSoftmax.DivisionFactor,
            tensors,
            hidden,
        }));
        return [.. expected];
    }
}
