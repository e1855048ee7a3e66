namespace Microsoft.ML.Data;

/// <summary>
/// The lines of a text file that hold data. Empty lines and lines of comment (//) are left out, and at the start those with
/// # too.
/// </summary>
internal static class TextFileLines
{
    public static IEnumerable<(long Number, string Text)> Read(string path, TextFileFormat format)
    {
        using var reader = new StreamReader(path);
        var number = 0L;
        var atStart = true;
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (line.Length == 0 || line.StartsWith("//", StringComparison.Ordinal) || atStart && line[0] == '#')
                continue;
            var first = number;
            while (format.Multilines && FieldParser.EndsWithinQuotes(line, format))
            {
                var next = reader.ReadLine() ?? throw new EndOfStreamException(
                    $"A quoted field opened on line {first} was never closed, and we've read to the last line in the file.");
                number++;
                line += "\n" + next;
            }
            yield return (first, line);
            atStart = false;
        }
    }

    public static List<ReadOnlyMemory<char>> ReadHeader(string path, TextFileFormat format)
    {
        var names = new List<ReadOnlyMemory<char>>();
        var header = Read(path, format).Select(line => line.Text).FirstOrDefault();
        if (header is not null)
            FieldParser.Parse(header.AsMemory(), format, names);
        return names;
    }
}
