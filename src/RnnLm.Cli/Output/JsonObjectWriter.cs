using System.Text.Encodings.Web;
using System.Text.Json;

namespace RnnLm.Cli.Output;

/// <summary>Writes one object of JSON on a line, member by member, so that a text or a list of any length is not in memory a second time.</summary>
/// <param name="writer">Receives the line.</param>
/// <param name="cancellation">Ends it early, between two elements of a list.</param>
/// <param name="begun">The object as far as it is there already, from its brace on; null where it begins here.</param>
/// <param name="prefix">What the names of members begin with.</param>
sealed class JsonObjectWriter(TextWriter writer, CancellationToken cancellation, string? begun = null, string prefix = "")
{
    private string before = begun ?? "";
    private char separator = begun is null ? '{' : ',';

    public void Text(string name, string text)
    {
        Name(name);
        writer.Write('"');
        JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(writer, text);
        writer.Write('"');
    }

    public void Value(string name, object value)
    {
        Name(name);
        writer.Write(JsonLines.Of(value));
    }

    public void List<T>(string name, IEnumerable<T> elements) where T : notnull
    {
        Name(name);
        var before = '[';
        foreach (var element in elements)
        {
            cancellation.ThrowIfCancellationRequested();
            writer.Write(before);
            writer.Write(JsonLines.Of(element));
            before = ',';
        }
        writer.Write(before == '[' ? "[]" : "]");
    }

    public void End() => writer.WriteLine('}');

    private void Name(string name)
    {
        writer.Write(before);
        writer.Write(separator);
        writer.Write($"{JsonLines.Of(prefix + JsonNamingPolicy.CamelCase.ConvertName(name))}:");
        (before, separator) = ("", ',');
    }
}
