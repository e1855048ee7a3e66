using System.Text;
using RnnLm.Cli.Output;

namespace RnnLm.Cli.Plots;

/// <summary>Learning curves as characters on a screen, the perplexity on a logarithmic scale. Each run has a letter, which stands at its end.</summary>
/// <param name="width">The columns of the screen.</param>
/// <param name="height">The lines of the screen.</param>
/// <param name="isUnicode">Whether it shows braille.</param>
/// <param name="hasColors">Whether it shows colours.</param>
sealed class CurveScreen(int width, int height, bool isUnicode, bool hasColors)
{
    private const int LeastColumns = 10;
    private const int LeastRows = 4;
    private const int MostColumns = 200;
    private const int MostRows = 60;
    private const int ColumnsOfTick = 12;
    private const int MostLegendLines = 12;

    // ANSI: blue, yellow, green, magenta, cyan, red; each is seen on black and on white.
    private static readonly int[] Colors = [34, 33, 32, 35, 36, 31];

    /// <summary>The lines, none of which is as wide as the screen.</summary>
    public IEnumerable<string> Draw(PlottedCurves curves, string? title)
    {
        var legend = curves.Curves.Select((curve, number) => Colored(Shorten($"{LetterOf(number)}  {Describe(curve)}"), number)).ToList();
        if (legend.Count > MostLegendLines) legend = [.. legend.Take(MostLegendLines), $"   and {legend.Count - MostLegendLines} more"];
        // Title, axis, its ticks, its label, and the line in which the next prompt stands.
        var rows = Math.Clamp(height - legend.Count - (title is null ? 4 : 5), LeastRows, MostRows);
        var ticks = AxisTicks.Logarithmic(curves.Bottom, curves.Top, Math.Max(rows / 3, 2)).ToLookup(tick => RowOf(curves, tick, rows));
        var labelWidth = ticks.SelectMany(tick => tick).Max(tick => AxisTicks.TextOf(tick).Length);
        var columns = Math.Clamp(width - labelWidth - 3, LeastColumns, MostColumns);
        var canvas = Draw(curves, columns, rows);

        if (title is not null) yield return Shorten(Printable.Line(title));
        for (var row = 0; row < rows; row++)
        {
            var label = ticks[row].Any() ? AxisTicks.TextOf(ticks[row].First()) : "";
            var edge = (isUnicode, label.Length > 0) switch { (true, true) => '┤', (true, false) => '│', (false, true) => '+', _ => '|' };
            yield return $"{label.PadLeft(labelWidth)} {edge}{string.Concat(canvas.Row(row).Select(piece => Colored(piece.Text, piece.Owner)))}".TrimEnd();
        }
        foreach (var line in Axis(curves, labelWidth, columns)) yield return line;
        foreach (var line in legend) yield return line;
    }

    private CurveCanvas Draw(PlottedCurves curves, int columns, int rows)
    {
        var canvas = new CurveCanvas(columns, rows, isUnicode);
        foreach (var (number, curve) in curves.Curves.Index())
        {
            if (curve.Validation.Count > 0 && isUnicode)
                foreach (var point in curve.Training) canvas.Dot(X(point), Y(point), number);
            if (curve.Main is [var first, ..]) canvas.Dot(X(first), Y(first), number);
            foreach (var (from, to) in curve.Main.Zip(curve.Main.Skip(1))) canvas.Line(X(from), Y(from), X(to), Y(to), number);
        }
        foreach (var (number, curve) in curves.Curves.Index())
            if (curves.Curves.Count > 1) canvas.Letter(X(curve.Main[^1]), Y(curve.Main[^1]), LetterOf(number), number);
        return canvas;

        double X(CurvePoint point) => curves.X(point) / curves.Right;
        double Y(CurvePoint point) => HeightOf(curves, point.Perplexity);
    }

    private IEnumerable<string> Axis(PlottedCurves curves, int labelWidth, int columns)
    {
        var line = new StringBuilder(new string(isUnicode ? '─' : '-', columns));
        var labels = new StringBuilder(new string(' ', columns));
        foreach (var tick in AxisTicks.Linear(0, curves.Right, Math.Max(columns / ColumnsOfTick, 2)))
        {
            var column = (int)Math.Round(tick / curves.Right * (columns - 1));
            var text = AxisTicks.TextOf(tick);
            line[column] = isUnicode ? '┬' : '+';
            var begin = Math.Clamp(column - (text.Length / 2), 0, columns - text.Length);
            if (begin > 0 && labels[begin - 1] != ' ') continue;
            labels.Remove(begin, text.Length).Insert(begin, text);
        }
        yield return $"{new string(' ', labelWidth)} {(isUnicode ? '└' : '+')}{line}";
        yield return $"{new string(' ', labelWidth + 2)}{labels}".TrimEnd();
        yield return Shorten($"{new string(' ', labelWidth + 2)}{"perplexity over " + curves.XLabel}");
    }

    private static string Describe(LearningCurve curve)
    {
        var best = curve.Main.Min(point => point.Perplexity);
        return Printable.Invariant($"{curve.Name}: {best:N2}{(curve.Validation.Count == 0 ? " in training" : "")}");
    }

    private static double HeightOf(PlottedCurves curves, double perplexity)
        => Math.Log(perplexity / curves.Bottom) / Math.Log(curves.Top / curves.Bottom);

    private static int RowOf(PlottedCurves curves, double perplexity, int rows) => (int)Math.Round((1 - HeightOf(curves, perplexity)) * (rows - 1));

    private char LetterOf(int number) => isUnicode ? (char)('A' + (number % 26)) : CurveCanvas.MarkOf(number);

    private string Colored(string text, int owner) => hasColors && owner >= 0 ? $"\u001B[{Colors[owner % Colors.Length]}m{text}\u001B[0m" : text;

    private string Shorten(string text) => text.Length < width ? text : text[..Math.Max(width - 1, 0)];
}
