using System.Globalization;
using System.Text;
using RnnLm.Wording;

namespace RnnLm.Cli.Output;

/// <summary>
/// Text as it is shown to a person. Words, metadata and file names may hold what moves a terminal's cursor, colours it, turns the direction of writing,
/// forges a line of output, or is not seen: each such character is shown as its number, such as <c>\u001B</c>.
/// </summary>
static class Printable
{
    private const int GreatestQuotation = 80;
    private const int GreatestLine = 1000;
    private const int MostLines = 20;

    /// <summary>Text within one line of output.</summary>
    public static string Line(string text) => Escape(text, IsShownAsNumber);

    /// <summary>Text that is output of its own: its lines and tabs stay what they are.</summary>
    public static string Lines(string text) => Escape(text, character => character.Value is not ('\n' or '\t') && IsShownAsNumber(character));

    /// <summary>Text in quotation marks within a sentence, cut where it is long.</summary>
    public static string Quotation(string text) => $"\"{Line(Cut(text, GreatestQuotation))}\"";

    /// <summary>Text as a word of a command line, for a shell: in quotation marks where it needs them.</summary>
    public static string Word(string text)
    {
        if (text.Length > 0 && text.All(character => char.IsLetterOrDigit(character) || "/\\._-+=:,@%".Contains(character))) return Line(text);
        return OperatingSystem.IsWindows() ? $"\"{Line(text)}\"" : $"'{Line(text).Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }

    /// <summary>A message. Its further lines are indented, so that none can pass for a message of its own, and it is cut where it is long.</summary>
    public static string Message(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var shown = lines.Take(MostLines).Select(line => Line(Cut(line, GreatestLine)));
        if (lines.Length > MostLines) shown = shown.Append($"… and {CountText.Of(lines.Length - MostLines, "line")} more");
        return string.Join($"{Environment.NewLine}  ", shown);
    }

    /// <summary>A message in which some texts may stand as they are, such as names of files: they are shown as <see cref="Line"/> shows them, folder by folder.</summary>
    public static string WithTexts(string message, IEnumerable<string> texts) => texts.SelectMany(text => text.Split('/', '\\'))
        .Where(part => !string.IsNullOrWhiteSpace(part) && Line(part) != part)
        .OrderByDescending(part => part.Length)
        .Aggregate(message, (shown, part) => shown.Replace(part, Line(part), StringComparison.Ordinal));

    /// <summary>Formats as <see cref="FormattableString.Invariant"/> does, with every text in it shown as <see cref="Line"/> shows it.</summary>
    public static string Invariant(FormattableString line) => line.ToString(Format.Instance);

    private static string Cut(string text, int greatest)
    {
        if (text.Length <= greatest) return text;
        var end = char.IsHighSurrogate(text[greatest - 2]) ? greatest - 2 : greatest - 1;
        return $"{text.AsSpan(0, end)}…";
    }

    private static string Escape(string text, Func<Rune, bool> isShownAsNumber)
    {
        var escaped = default(StringBuilder);
        var begin = 0; // of what is not yet taken over
        var place = 0;
        foreach (var character in text.EnumerateRunes())
        {
            if (isShownAsNumber(character))
            {
                escaped ??= new StringBuilder(text.Length + 16);
                escaped.Append(text, begin, place - begin);
                escaped.Append(CultureInfo.InvariantCulture, $"{(character.IsBmp ? "\\u" : "\\U")}{character.Value.ToString(character.IsBmp ? "X4" : "X8", CultureInfo.InvariantCulture)}");
                begin = place + character.Utf16SequenceLength;
            }
            place += character.Utf16SequenceLength;
        }
        return escaped is null ? text : escaped.Append(text, begin, text.Length - begin).ToString();
    }

    /// <summary>
    /// Control characters (C0, delete, C1), separators of lines and paragraphs, what marks, embeds, overrides or isolates a direction of writing, spaces without
    /// a width, and tags.
    /// </summary>
    private static bool IsShownAsNumber(Rune character)
        => character.Value is < ' ' or >= 0x7F and <= 0x9F or 0x2028 or 0x2029
            or 0x061C or 0x200E or 0x200F or >= 0x202A and <= 0x202E or >= 0x2066 and <= 0x2069
            or 0x200B or 0xFEFF or >= 0xE0000 and <= 0xE007F;

    private sealed class Format : IFormatProvider, ICustomFormatter
    {
        public static readonly Format Instance = new();

        public object? GetFormat(Type? formatType) => formatType == typeof(ICustomFormatter) ? this : CultureInfo.InvariantCulture.GetFormat(formatType!);

        string ICustomFormatter.Format(string? format, object? arg, IFormatProvider? formatProvider) => arg switch
        {
            string text => Line(text),
            IFormattable value => value.ToString(format, CultureInfo.InvariantCulture),
            _ => arg?.ToString() ?? "",
        };
    }
}
