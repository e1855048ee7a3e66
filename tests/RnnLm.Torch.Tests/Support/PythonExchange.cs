using System.Runtime.InteropServices;
using System.Text.Json;
using RnnLm.Networks;

namespace RnnLm.Torch.Tests;

/// <summary>
/// What PyTorch itself makes of our weights, and we of its: every network of <see cref="Networks.Kinds"/> in both directions, by
/// one run of Python/exchange.py.
/// </summary>
public sealed class PythonExchange : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory();

    public PythonExchange()
    {
        if (Python.ReasonToSkip is not null) return;
        foreach (var (cell, layers, tied) in Networks.Kinds)
        {
            var weights = Networks.Weights(Networks.Options(cell, layers, tied));
            Write("from PyTorch", weights.Shape);
            var ours = Write("to PyTorch", weights.Shape);
            var bytes = weights.Parameters.SelectMany(parameter => MemoryMarshal.AsBytes<float>(parameter.Values).ToArray());
            File.WriteAllBytes(Path.Combine(ours, "weights.bin"), [.. bytes]);
        }
        Python.Run("exchange.py", folder.FullName);
    }

    /// <summary>The words after each of which PyTorch gave its log-probabilities.</summary>
    public static int[] Words { get; } = Networks.Words(25, seed: 8);

    /// <summary>PyTorch's log-probabilities: <c>[words, vocabulary]</c>.</summary>
    public float[] LogProbabilities(string direction, NetworkShape shape) => Floats(direction, shape, "logp.bin");

    /// <summary>The weights that both sides used.</summary>
    public NetworkWeights Weights(string direction, NetworkShape shape)
    {
        var weights = new NetworkWeights(shape);
        var values = Floats(direction, shape, "weights.bin").AsSpan();
        foreach (var parameter in weights.Parameters)
        {
            values[..parameter.Values.Length].CopyTo(parameter.Values);
            values = values[parameter.Values.Length..];
        }
        Assert.True(values.IsEmpty);
        return weights;
    }

    public void Dispose() => folder.Delete(recursive: true);

    private string Write(string direction, NetworkShape shape)
    {
        var network = FolderOf(direction, shape);
        Directory.CreateDirectory(network);
        File.WriteAllText(Path.Combine(network, "shape.json"), JsonSerializer.Serialize(new
        {
            direction,
            cell = shape.Cell.ToString(),
            vocabulary = shape.VocabularySize,
            embedding = shape.EmbeddingSize,
            hidden = Enumerable.Range(0, shape.Layers).Select(shape.OutputSizeOf),
            tied = shape.Tied,
            words = Words,
        }));
        return network;
    }

    private float[] Floats(string direction, NetworkShape shape, string file)
        => MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path.Combine(FolderOf(direction, shape), file))).ToArray();

    private string FolderOf(string direction, NetworkShape shape)
        => Path.Combine(folder.FullName, $"{direction} {shape.Cell} {shape.Layers} {(shape.Tied ? "tied" : "untied")}");
}
