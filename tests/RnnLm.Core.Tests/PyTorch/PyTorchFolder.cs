using RnnLm.Tests.Persistence;

namespace RnnLm.Tests.PyTorch;

/// <summary>A folder with weights and a vocabulary in it, which tests may change as another program would.</summary>
internal sealed class PyTorchFolder : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("rnnlm-exchange-").FullName;

    public PyTorchFolder()
    {
    }

    public PyTorchFolder(LanguageModel model) => model.ExportPyTorch(Weights, Vocabulary);

    public string Weights => PathOf("weights.safetensors");

    public string Vocabulary => PathOf("vocabulary.txt");

    public IEnumerable<string?> Files => Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal);

    public string PathOf(string name) => Path.Combine(folder, name);

    public PlainSafetensors ReadWeights() => new(File.ReadAllBytes(Weights));

    public LanguageModel Import(PyTorchImportOptions? options = null) => LanguageModel.ImportPyTorch(Weights, Vocabulary, options);

    public void ChangeWeights(Action<PlainStateDict> change)
    {
        var stateDict = new PlainStateDict(ReadWeights());
        change(stateDict);
        File.WriteAllBytes(Weights, stateDict.ToFile());
    }

    public void ChangeWords(Action<List<string>> change)
    {
        var words = File.ReadAllText(Vocabulary).Split('\n')[..^1].ToList();
        change(words);
        File.WriteAllText(Vocabulary, string.Concat(words.Select(word => word + "\n")));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
