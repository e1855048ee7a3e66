using System.Buffers;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace RnnLm.Onnx.Models;

/// <summary>What an ONNX file says of its model beside the graph: all that an application needs to make ids of text, and words of ids.</summary>
internal static class ModelDescription
{
    private const string Usage =
        "Words are ids, [batch, steps]. A text begins with states of zeros and the end-of-line word; "
        + "the states after the last word are handed in with the words that follow.";

    // Words are shown as they are, in every script.
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The version of this package.</summary>
    public static string Version
        => typeof(ModelDescription).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>What the model is and how it is asked, for people to read.</summary>
    public static string DocumentationOf(LanguageModel model) => $"{model}. {Usage}";

    /// <summary>Tokenizer, vocabulary and special words, by name.</summary>
    public static IReadOnlyList<(string Key, string Value)> MetadataOf(LanguageModel model) =>
    [
        ("rnnlm.tokenizer", Json(json =>
        {
            json.WriteStartObject();
            foreach (var (name, value) in model.Tokenizer.Settings) json.WriteString(name, value);
            json.WriteEndObject();
        })),
        ("rnnlm.vocabulary", Json(json =>
        {
            json.WriteStartArray();
            foreach (var word in model.Vocabulary) json.WriteStringValue(word);
            json.WriteEndArray();
        })),
        ("rnnlm.unknown_id", Vocabulary.UnknownId.ToString(CultureInfo.InvariantCulture)),
        ("rnnlm.end_of_line_id", Vocabulary.EndOfLineId.ToString(CultureInfo.InvariantCulture)),
    ];

    private static string Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Readable)) write(json);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
