using System.Text;

namespace Microsoft.ML.Data;

/// <summary>Cuts a line into fields.</summary>
internal static class FieldParser
{
    /// <summary>
    /// Puts the fields of a line, up to the last that is needed, into <paramref name="fields"/>. A field with faulty quotes
    /// is empty.
    /// </summary>
    public static void Parse(ReadOnlyMemory<char> line, TextFileFormat format, List<ReadOnlyMemory<char>> fields)
    {
        fields.Clear();
        var position = 0;
        do
            fields.Add(NextField(line, format, ref position, out _));
        while (position++ < line.Length && fields.Count <= format.LastField);
    }

    /// <summary>Whether a quoted field is still open at the end of the line.</summary>
    public static bool EndsWithinQuotes(string line, TextFileFormat format)
    {
        var position = 0;
        var isOpen = false;
        do
            NextField(line.AsMemory(), format, ref position, out isOpen);
        while (position++ < line.Length);
        return isOpen;
    }

    // Leaves the position at the separator behind the field, or at the end of the line.
    private static ReadOnlyMemory<char> NextField(ReadOnlyMemory<char> line, TextFileFormat format, ref int position, out bool isOpen)
    {
        var text = line.Span;
        isOpen = false;
        if (!format.Separators.Contains(' '))
            while (position < text.Length && text[position] == ' ')
                position++;
        if (format.Quoting && position < text.Length && text[position] == '"')
            return QuotedField(text, format, ref position, out isOpen);
        var length = text[position..].IndexOfAny(format.Separators);
        var end = length < 0 ? text.Length : position + length;
        var field = line[position..end];
        position = end;
        return field;
    }

    private static ReadOnlyMemory<char> QuotedField(ReadOnlySpan<char> text, TextFileFormat format, ref int position, out bool isOpen)
    {
        var content = new StringBuilder();
        isOpen = true;
        for (position++; position < text.Length && isOpen; position++)
        {
            var isEscaped = text[position] == format.EscapeCharacter && position + 1 < text.Length && text[position + 1] == '"';
            if (isEscaped)
                content.Append(text[++position]);
            else if (text[position] == '"')
                isOpen = false;
            else
                content.Append(text[position]);
        }
        var isFaulty = isOpen;
        for (; position < text.Length && !format.Separators.Contains(text[position]); position++)
            isFaulty |= text[position] != ' ';
        return isFaulty ? default : content.ToString().AsMemory();
    }
}
