using System.Text.Json;
using RnnLm.Cli.Output;

namespace RnnLm.Cli.Filters;

/// <summary>Lines of JSON, an object each, whose members are columns: one is the text, and the others are handed on as they stand.</summary>
static class JsonColumns
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 1000 };

    /// <summary>Reads a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="place">Where it stands.</param>
    /// <param name="format">Which column is the text, and how those are called that will be added.</param>
    public static FilterLine Read(string line, string place, FilterFormat format)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(line, Options);
        }
        catch (JsonException fault)
        {
            return NoObject(FormattableString.Invariant($"{place}, byte {fault.BytePositionInLine + 1}: this is not JSON"));
        }
        using (document)
        {
            if (document.RootElement.ValueKind != JsonValueKind.Object) return NoObject($"{place}: this is no object");
            // A carriage return can stand between members alone, where a space is as good and is the end of a line to nobody.
            var columns = document.RootElement.EnumerateObject().Any() ? line.Trim()[..^1].TrimEnd().Replace('\r', ' ') : null;
            try
            {
                return new FilterLine(TextIn(document.RootElement, format), Fault: null, columns);
            }
            catch (Exception fault) when (fault is InvalidDataException or InvalidOperationException)
            {
                return new FilterLine(Text: null, $"{place}: {fault.Message}", columns);
            }
        }
    }

    /// <summary>A name for what is added that no column has: the one that is wanted, or with the least number behind it.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="prefix">What it begins with.</param>
    /// <param name="wanted">The rest of it.</param>
    /// <returns>It without what it begins with.</returns>
    public static string FreeName(string columns, string prefix, string wanted)
    {
        using var document = JsonDocument.Parse(columns + '}', Options);
        var name = wanted;
        for (var number = 2; Find(document.RootElement, prefix + name) is not null; number++) name = FormattableString.Invariant($"{wanted}{number}");
        return name;
    }

    private static FilterLine NoObject(string fault) => new(Text: null, $$"""{{fault}}; a line must be an object, such as {"text": "the cat sat"}.""");

    /// <exception cref="InvalidDataException">There is no text, or no room for results.</exception>
    /// <exception cref="InvalidOperationException">The text has half a surrogate pair in it.</exception>
    private static string TextIn(JsonElement columns, FilterFormat format)
    {
        if (Find(columns, format.Column) is not { } text)
            throw new InvalidDataException($"there is no column {Printable.Quotation(format.Column)}; name that of the text with --column.");
        if (text.ValueKind != JsonValueKind.String)
            throw new InvalidDataException($"the column {Printable.Quotation(format.Column)} must be a text in quotation marks; it is of the kind {text.ValueKind}.");
        if (format.Results.Select(name => format.Prefix + name).FirstOrDefault(name => Find(columns, name) is not null) is { } taken)
            throw new InvalidDataException($"there is a column {Printable.Quotation(taken)} already; give results other names with --prefix.");
        return text.GetString()!;
    }

    /// <summary>The column of a name, of several the last; null where there is none.</summary>
    private static JsonElement? Find(JsonElement columns, string name)
    {
        var found = default(JsonElement?);
        foreach (var column in columns.EnumerateObject())
            if (IsCalled(column, name)) found = column.Value;
        return found;
    }

    private static bool IsCalled(JsonProperty column, string name)
    {
        try
        {
            return column.NameEquals(name);
        }
        catch (InvalidOperationException)
        {
            return false; // half a surrogate pair is in its own, which so is no text
        }
    }
}
