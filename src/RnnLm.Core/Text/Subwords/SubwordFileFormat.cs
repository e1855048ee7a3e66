using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using RnnLm.Faults;

namespace RnnLm.Text;

/// <summary>
/// Subwords as other programs have them: <c>vocab.json</c>, an object with the number of each piece, and <c>merges.txt</c>, a line that names the version, then a merge
/// a line.
/// </summary>
internal static class SubwordFileFormat
{
    private const string FirstLine = "#version: 0.2";

    /// <summary>The content of the two files.</summary>
    public static (byte[] Vocabulary, byte[] Merges) Write(MergeTable table)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            for (var number = 0; number < table.Pieces.Count; number++) writer.WriteNumber(table.Pieces[number], number);
            writer.WriteEndObject();
        }
        var merges = new StringBuilder(FirstLine).Append('\n');
        foreach (var merge in table.Merges) merges.Append(merge).Append('\n');
        return (json.WrittenSpan.ToArray(), Encoding.UTF8.GetBytes(merges.ToString()));
    }

    /// <summary>Reads the two files.</summary>
    /// <param name="vocabulary">The content of <c>vocab.json</c>.</param>
    /// <param name="merges">The lines of <c>merges.txt</c>.</param>
    /// <exception cref="FormatException">They are none, or do not go together.</exception>
    public static MergeTable Read(byte[] vocabulary, IEnumerable<string> merges)
    {
        var pieces = ReadVocabulary(vocabulary);
        var table = MergeTable.Create(ReadMerges(merges));
        if (table.Pieces.FirstOrDefault(piece => !pieces.Contains(piece)) is { } missing)
        {
            throw new FormatException(ByteAlphabet.WithoutEnd(missing).Length == 1
                ? $"The vocabulary lacks {Quotation.Of(missing)}, a byte{(ByteAlphabet.EndsWord(missing) ? " at the end of a word" : "")}: it is not one of bytes with {ByteAlphabet.WordEnd} at the end of words."
                : $"The vocabulary lacks {Quotation.Of(missing)}, which a merge makes.");
        }
        return table;
    }

    private static HashSet<string> ReadVocabulary(byte[] json)
    {
        var pieces = new HashSet<string>(StringComparer.Ordinal);
        var reader = new Utf8JsonReader(json);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) throw NoVocabulary(null);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var piece = reader.GetString()!;
                if (!reader.Read() || reader.TokenType != JsonTokenType.Number) throw NoVocabulary(null);
                if (!pieces.Add(piece)) throw new FormatException($"The vocabulary has the piece {Quotation.Of(piece)} twice.");
            }
            if (reader.Read()) throw NoVocabulary(null);
            return pieces;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw NoVocabulary(fault);
        }
    }

    private static FormatException NoVocabulary(Exception? cause) => new("The vocabulary is not a JSON object with a number for each piece.", cause);

    private static IEnumerable<SubwordMerge> ReadMerges(IEnumerable<string> lines)
    {
        var number = 0;
        foreach (var line in lines)
        {
            number++;
            if (line.Length == 0 || (number == 1 && line.StartsWith("#version", StringComparison.Ordinal))) continue;
            yield return ReadMerge(line) ?? throw new FormatException($"Line {number} of the merges is {Quotation.Of(line)}; it must be two pieces with a space between them.");
        }
    }

    /// <summary>Reads a merge: two pieces with a space between them; null where it is none.</summary>
    public static SubwordMerge? ReadMerge(ReadOnlySpan<char> line)
    {
        var space = line.IndexOf(' ');
        return space > 0 && space + 1 < line.Length && !line[(space + 1)..].Contains(' ')
            ? new SubwordMerge(line[..space].ToString(), line[(space + 1)..].ToString())
            : null;
    }
}
