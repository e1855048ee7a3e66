using System.Globalization;
using System.Text;

namespace RnnLm.Cli.Output;

/// <summary>
/// Text as it is shown to a person. Words, metadata and file names may hold what moves a terminal's cursor, colours it, turns the direction of writing, or
/// forges a line of output: each such character is shown as its number, such as <c>\u001B</c>.
/// </summary>
static class Printable
{
    private const int GreatestQuotation = 80;
    private const int GreatestLine = 1000;
    private const int MostLines = 20;

    /// <summary>Text within one line of output.</summary>
    public static string Line(string text) => Escape(text, IsShownAsNumber);

    /// <summary>Text that is output of its own: its lines and tabs stay what they are.</summary>
    public static string Lines(string text) => Escape(text, character => character is not ('\n' or '\t') && IsShownAsNumber(character));

    /// <summary>Text in quotation marks within a sentence, cut where it is long.</summary>
    public static string Quotation(string text) => $"\"{Cut(text, GreatestQuotation)}\"";

    /// <summary>A message. Its further lines are indented, so that none can pass for a message of its own, and it is cut where it is long.</summary>
    public static string Message(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var shown = lines.Take(MostLines).Select(line => Line(Cut(line, GreatestLine)));
        if (lines.Length > MostLines) shown = shown.Append(string.Create(CultureInfo.InvariantCulture, $"… and {lines.Length - MostLines:N0} lines more"));
        return string.Join($"{Environment.NewLine}  ", shown);
    }

    /// <summary>Formats as <see cref="FormattableString.Invariant"/> does, with every text in it shown as <see cref="Line"/> shows it.</summary>
    public static string Invariant(FormattableString line) => line.ToString(Format.Instance);

    private static string Cut(string text, int greatest)
    {
        if (text.Length <= greatest) return text;
        var end = char.IsHighSurrogate(text[greatest - 2]) ? greatest - 2 : greatest - 1;
        return $"{text.AsSpan(0, end)}…";
    }

    private static string Escape(string text, Func<char, bool> isShownAsNumber)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!isShownAsNumber(text[i])) continue;
            var escaped = new StringBuilder(text, 0, i, text.Length + 16);
            foreach (var character in text.AsSpan(i))
            {
                if (isShownAsNumber(character)) escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}");
                else escaped.Append(character);
            }
            return escaped.ToString();
        }
        return text;
    }

    /// <summary>Control characters (C0, delete, C1), separators of lines and paragraphs, and what embeds, overrides or isolates a direction of writing.</summary>
    private static bool IsShownAsNumber(char character)
        => character < ' ' || character is >= '\u007F' and <= '\u009F' or '\u2028' or '\u2029' or >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069';

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
