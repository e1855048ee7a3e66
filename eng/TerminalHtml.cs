using System.Globalization;
using System.Net;
using System.Text;

namespace RnnLm.Pictures;

/// <summary>
/// What a terminal shows of what was written to it, as lines of HTML. It knows what <c>rnnlm</c> writes: carriage returns, tabs, and colours (ECMA-48, SGR), the first sixteen as the variables
/// <c>--color-0</c> to <c>--color-15</c> of a style sheet.
/// </summary>
static class TerminalHtml
{
    private const int TabWidth = 8;

    /// <summary>The screen as HTML, for an element that keeps white space.</summary>
    /// <param name="written">What was written.</param>
    /// <param name="columns">How wide the terminal is.</param>
    /// <exception cref="FormatException">It has a control character or a sequence that this terminal does not know.</exception>
    public static string Of(string written, int columns)
    {
        List<List<Cell>> lines = [[]];
        var (row, column, style) = (0, 0, new Style(null, null));
        for (var i = 0; i < written.Length; i++)
        {
            switch (written[i])
            {
                case '\r':
                    column = 0;
                    break;
                case '\n':
                    MoveTo(row + 1);
                    break;
                case '\t':
                    column = Math.Min(((column / TabWidth) + 1) * TabWidth, columns - 1);
                    break;
                case '\e':
                    var end = written.IndexOf('m', i);
                    if (end < 0 || written[i + 1] != '[') throw Unknown(written[i..Math.Min(i + 8, written.Length)]);
                    style = style.Changed(written[(i + 2)..end]);
                    i = end;
                    break;
                case var character when char.IsControl(character):
                    throw Unknown(character.ToString());
                case var character:
                    if (column == columns) (row, column) = (MoveTo(row + 1), 0);
                    while (lines[row].Count <= column) lines[row].Add(new Cell(' ', default));
                    lines[row][column++] = new Cell(character, style);
                    break;
            }
        }
        return string.Join('\n', lines.Select(HtmlOf));

        int MoveTo(int next)
        {
            if (next == lines.Count) lines.Add([]);
            return row = next;
        }
    }

    private static string HtmlOf(List<Cell> line)
    {
        var seen = line.FindLastIndex(cell => cell != new Cell(' ', default)) + 1;
        var html = new StringBuilder();
        for (int begin = 0, end; begin < seen; begin = end)
        {
            for (end = begin; end < seen && line[end].Style == line[begin].Style;) end++;
            var text = WebUtility.HtmlEncode(string.Concat(line[begin..end].Select(cell => cell.Character)));
            html.Append(line[begin].Style == default ? text : $"<span style=\"{line[begin].Style}\">{text}</span>");
        }
        return html.ToString();
    }

    private static FormatException Unknown(string written)
    {
        var seen = string.Concat(written.Select(character => char.IsControl(character) ? $"\\x{(int)character:X2}" : $"{character}"));
        return new FormatException($"{seen} is not known to the terminal of the pictures; eng/TerminalHtml.cs has what is.");
    }

    private readonly record struct Cell(char Character, Style Style);

    /// <summary>Colours of CSS; null is the terminal's own.</summary>
    private readonly record struct Style(string? Foreground, string? Background)
    {
        private const string Palette = "5";

        public Style Changed(string parameters)
        {
            var style = this;
            var numbers = parameters.Split(';');
            for (var i = 0; i < numbers.Length; i++)
            {
                style = numbers[i..] switch
                {
                    ["" or "0", ..] => default,
                    ["39", ..] => style with { Foreground = null },
                    ["49", ..] => style with { Background = null },
                    ["38", Palette, var color, ..] => style with { Foreground = ColorOf(color) },
                    ["48", Palette, var color, ..] => style with { Background = ColorOf(color) },
                    [['3', >= '0' and <= '7'] color, ..] => style with { Foreground = ColorOf(color[1..]) },
                    [['4', >= '0' and <= '7'] color, ..] => style with { Background = ColorOf(color[1..]) },
                    _ => throw Unknown($"\e[{parameters}m"),
                };
                if (numbers[i] is "38" or "48") i += 2;
            }
            return style;
        }

        public override string ToString() => string.Join(';', ((string?[])[Foreground is null ? null : $"color:{Foreground}", Background is null ? null : $"background:{Background}"]).OfType<string>());

        /// <summary>A colour of xterm's palette: sixteen that the terminal chooses, a cube of 6×6×6, and 24 greys.</summary>
        private static string ColorOf(string number)
        {
            if (!byte.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var color)) throw Unknown(number);
            if (color < 16) return $"var(--color-{color})";
            if (color >= 232) return Rgb(Grey(color), Grey(color), Grey(color));
            return Rgb(Level((color - 16) / 36), Level((color - 16) / 6 % 6), Level((color - 16) % 6));

            static int Grey(int color) => 8 + (10 * (color - 232));
            static int Level(int step) => step == 0 ? 0 : 55 + (40 * step);
            static string Rgb(int red, int green, int blue) => $"#{red:x2}{green:x2}{blue:x2}";
        }
    }
}
