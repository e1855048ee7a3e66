using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.ML.OnnxRuntime;

namespace OnnxServing;

/// <summary>What an exported file says beside its graph: its words, and the sizes of its state.</summary>
sealed partial class ExportedWords
{
    private readonly string[] words;
    private readonly Dictionary<string, int> ids = [];
    private readonly int unknown;

    public ExportedWords(string path)
    {
        using var session = new InferenceSession(path);
        var metadata = session.ModelMetadata.CustomMetadataMap;
        words = JsonSerializer.Deserialize<string[]>(metadata["rnnlm.vocabulary"])!;
        for (var id = 0; id < words.Length; id++) ids.Add(words[id], id);
        unknown = int.Parse(metadata["rnnlm.unknown_id"], CultureInfo.InvariantCulture);
        EndOfLine = int.Parse(metadata["rnnlm.end_of_line_id"], CultureInfo.InvariantCulture);
        (HiddenSize, MemorySize) = (session.InputMetadata["h0"].Dimensions[1], session.InputMetadata["c0"].Dimensions[1]);
    }

    /// <summary>The id of the word before the first of a text.</summary>
    public int EndOfLine { get; }

    public int HiddenSize { get; }

    public int MemorySize { get; }

    public string this[long id] => words[id];

    /// <summary>
    /// The ids of a text's words. Letters and digits are words, and so is every other character that is no space: for English of a model whose tokenizer
    /// (<c>rnnlm.tokenizer</c>) is <c>text</c>, near enough.
    /// </summary>
    public IEnumerable<int> IdsOf(string text) => Words().Matches(text).Select(word => ids.GetValueOrDefault(word.Value, unknown));

    [GeneratedRegex(@"\w+|[^\w\s]")]
    private static partial Regex Words();
}
