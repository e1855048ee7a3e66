using System.Runtime.InteropServices;
using RnnLm.Networks;
using TorchSharp;

namespace RnnLm.Torch.Tests;

/// <summary>The same weights mean the same network here and in PyTorch itself.</summary>
public class PythonExchangeTests(PythonExchange exchange) : IClassFixture<PythonExchange>
{
    [PythonTheory]
    [MemberData(nameof(Networks.All), MemberType = typeof(Networks))]
    public void Weights_from_here_give_the_same_log_probabilities_in_PyTorch(CellKind cell, int layers, bool tied)
        => AssertSame("to PyTorch", Networks.Options(cell, layers, tied).ShapeFor(Networks.VocabularySize));

    [PythonTheory]
    [MemberData(nameof(Networks.All), MemberType = typeof(Networks))]
    public void Weights_from_PyTorch_give_the_same_log_probabilities_here(CellKind cell, int layers, bool tied)
        => AssertSame("from PyTorch", Networks.Options(cell, layers, tied).ShapeFor(Networks.VocabularySize));

    private void AssertSame(string direction, NetworkShape shape)
    {
        var expected = exchange.LogProbabilities(direction, shape);
        var actual = LogProbabilities(exchange.Weights(direction, shape));
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-5);
    }

    // Log-probabilities of the next word after each of the words: [words, vocabulary]
    private static float[] LogProbabilities(NetworkWeights weights)
    {
        using var scope = torch.NewDisposeScope();
        using var untracked = torch.no_grad();
        using var network = new TorchNetwork(weights, dropout: 0, new torch.Device(DeviceType.CPU));
        var (logits, _) = network.call(torch.tensor(PythonExchange.Words, [PythonExchange.Words.Length, 1]), null);
        return MemoryMarshal.Cast<byte, float>(torch.nn.functional.log_softmax(logits, -1).bytes).ToArray();
    }
}
