using System.Runtime.InteropServices;
using System.Text.Json;

namespace RnnLm.Tests.PyTorch.Python;

/// <summary>Every network of <see cref="RoundTripTests.AllNetworks"/> exchanged with PyTorch in both directions, by one run of word_language_model.py.</summary>
public sealed class PythonModels : IDisposable
{
    private const string ToPyTorch = "to PyTorch";
    private const string FromPyTorch = "from PyTorch";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("rnnlm-python-");

    public PythonModels()
    {
        if (PythonInterpreter.ReasonToSkip is not null) return;
        foreach (var (cell, layers, tied) in RoundTripTests.AllNetworks)
        {
            var model = RoundTripTests.ModelOf(cell, layers, tied);
            WriteNetwork(FromPyTorch, model.Shape);
            WriteNetwork(ToPyTorch, model.Shape);
            model.ExportPyTorch(PathOf(ToPyTorch, model.Shape, "weights.safetensors"), PathOf(ToPyTorch, model.Shape, "vocabulary.txt"));
        }
        PythonInterpreter.Run("word_language_model.py", folder.FullName);
    }

    /// <summary>The words that both sides read, one after the other from the zero state.</summary>
    internal static string[] Text { get; } = [.. RandomModels.Ids(25, 23, seed: 8).Select(id => RandomModels.Words(23)[id])];

    /// <summary>PyTorch's log-probabilities of a model exported to it: <c>[text, vocabulary]</c>.</summary>
    internal float[] LogProbabilitiesOfExported(LanguageModel model) => LogProbabilities(ToPyTorch, model.Shape);

    /// <summary>PyTorch's log-probabilities of a model of its own, <c>[text, vocabulary]</c>, its words, and what importing it gives.</summary>
    internal (float[] LogProbabilities, string[] Words, LanguageModel Imported) Import(NetworkShape shape)
    {
        var vocabulary = PathOf(FromPyTorch, shape, "vocabulary.txt");
        var imported = LanguageModel.ImportPyTorch(PathOf(FromPyTorch, shape, "weights.safetensors"), vocabulary, RoundTripTests.OptionsFor(shape.Cell));
        return (LogProbabilities(FromPyTorch, shape), File.ReadAllLines(vocabulary), imported);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private void WriteNetwork(string direction, NetworkShape shape)
    {
        Directory.CreateDirectory(PathOf(direction, shape, ""));
        File.WriteAllText(PathOf(direction, shape, "network.json"), JsonSerializer.Serialize(new
        {
            direction,
            cell = shape.Cell.ToString().ToLowerInvariant(),
            layers = shape.Layers,
            tied = shape.Tied,
            vocabulary = shape.VocabularySize,
            embedding = shape.EmbeddingSize,
            hidden = shape.HiddenSize,
            text = Text,
        }));
    }

    private float[] LogProbabilities(string direction, NetworkShape shape)
        => MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(PathOf(direction, shape, "logp.bin"))).ToArray();

    private string PathOf(string direction, NetworkShape shape, string file)
        => Path.Combine(folder.FullName, $"{direction} {shape.Cell} {shape.Layers} {(shape.Tied ? "tied" : "untied")}", file);
}
