using System.Text.RegularExpressions;
using RnnLm.Cli.Plots;

namespace RnnLm.Cli.Tests.Plots;

public sealed partial class CurveScreenTests
{
    [Theory]
    [InlineData(80, 24, true, true)]
    [InlineData(80, 24, true, false)]
    [InlineData(80, 24, false, true)]
    [InlineData(80, 24, false, false)]
    [InlineData(200, 60, true, true)]
    [InlineData(40, 12, false, false)]
    public void A_plot_fits_on_its_screen_with_axes_labels_and_a_line_for_each_run(int width, int height, bool isUnicode, bool hasColors)
    {
        var lines = Draw(width, height, isUnicode, hasColors, "The title", Falling("one", 500), Falling("two", 300));
        var plain = lines.Select(Plain).ToList();
        Assert.InRange(lines.Count, 10, height - 1);
        Assert.All(plain, line => Assert.InRange(line.Length, 0, width - 1));
        Assert.Equal("The title", plain[0]);
        Assert.Contains("perplexity over minutes", plain[^3], StringComparison.Ordinal);
        Assert.Matches("^[A*]  one: 158.11$", plain[^2]);
        Assert.Matches("^[Bo]  two: 94.87$", plain[^1]);
        Assert.Matches(@"^\s+0\s+[0-9]", plain[^4]);
        if (height >= 24) Assert.Contains(plain, line => Regex.IsMatch(line, @"^\s*200 [┤+]"));
        Assert.Equal(hasColors, lines.Any(line => line.Contains('\u001B')));
        Assert.Equal(isUnicode, plain.Any(line => line.Any(character => character > 127)));
        if (isUnicode) Assert.Contains(plain, line => line.Any(character => character is > '\u2800' and <= '\u28FF'));
    }

    [Fact]
    public void A_curve_that_falls_is_drawn_from_the_upper_left_to_the_lower_right()
    {
        var lines = Draw(80, 24, false, false, null, Falling("one", 500));
        var places = lines.Index().Where(line => line.Item.Contains('|') || line.Item.Contains('+')).SelectMany(line => line.Item.Index().Where(cell => cell.Item == '*').Select(cell => (Row: line.Index, Column: cell.Index))).ToList();
        Assert.InRange(places.MinBy(place => place.Column).Row, 0, 1);
        // From each column to the next it never rises, and no column in between is empty.
        var columns = places.GroupBy(place => place.Column).OrderBy(group => group.Key).Select(group => (group.Key, Least: group.Min(place => place.Row), Most: group.Max(place => place.Row))).ToList();
        Assert.All(columns.Zip(columns.Skip(1)), pair =>
        {
            Assert.Equal(pair.First.Key + 1, pair.Second.Key);
            Assert.InRange(pair.Second.Least, pair.First.Most, pair.First.Most + 2);
        });
        Assert.Equal(lines.Max(line => line.Length) - 1, columns[^1].Key);
    }

    [Fact]
    public void On_a_logarithmic_scale_a_halving_is_as_high_wherever_it_is()
    {
        CurvePoint[] points = [new(0, 800), new(1, 400), new(2, 200), new(3, 100)];
        var lines = Draw(80, 30, false, false, null, new LearningCurve("one", points, []));
        var rows = new[] { "800", "400", "200", "100" }.Select(label => lines.FindIndex(line => line.StartsWith($"{label} +", StringComparison.Ordinal))).Where(row => row >= 0).ToList();
        Assert.InRange(rows.Count, 3, 4);
        Assert.InRange(rows.Zip(rows.Skip(1), (one, next) => next - one).Distinct().Max() - rows.Zip(rows.Skip(1), (one, next) => next - one).Distinct().Min(), 0, 1);
    }

    [Fact]
    public void What_is_absurd_is_drawn_all_the_same()
    {
        foreach (var points in (CurvePoint[][])[[new(0, 1)], [new(0, 1), new(0, 1)], [new(0, 1e300), new(1e15, 1)], [new(5, 7), new(3, 7), new(4, 7)], [new(0, 100), new(1, 100.001)], [new(1e-9, 5), new(2e-9, 4)]])
        {
            foreach (var size in (int[])[1, 5, 20, 80, 500])
                Assert.NotEmpty(Draw(size, size, size % 2 == 0, false, "t", new LearningCurve("x", points, points), new LearningCurve("y", points, [])));
        }
    }

    [Fact]
    public void Names_from_files_move_no_cursor()
        => Assert.DoesNotContain(Draw(80, 24, true, false, "\u001B[2J", Falling("\u001B[31m\u202E", 500)), line => line.Contains('\u001B') || line.Contains('\u202E'));

    [Theory]
    [InlineData("a.jsonl b.jsonl", "a b")]
    [InlineData("x/a.jsonl y/a.jsonl", "x/a y/a")]
    [InlineData("x/1/a.jsonl x/2/a.jsonl x/2/b.jsonl", "1/a 2/a 2/b")]
    [InlineData("a.b.jsonl", "a.b")]
    [InlineData("a a", "a a")]
    public void Runs_are_named_by_what_tells_them_apart(string paths, string names) => Assert.Equal(names.Split(' '), PlottedCurves.NamesOf(paths.Split(' ')));

    [Theory]
    [InlineData(0, 10, 5)]
    [InlineData(0, 0.001, 5)]
    [InlineData(0, 86_400, 6)]
    [InlineData(95, 96, 4)]
    public void Ticks_are_round_and_within_the_axis(double low, double high, int most)
    {
        var ticks = AxisTicks.Linear(low, high, most);
        Assert.InRange(ticks.Count, 2, most + 1);
        Assert.All(ticks, tick => Assert.InRange(tick, low, high * 1.0001));
        Assert.All(ticks, tick => Assert.InRange(AxisTicks.TextOf(tick).Length, 1, 6));
    }

    [Theory]
    [InlineData(60, 1000, 8)]
    [InlineData(80, 120, 8)]
    [InlineData(1, 1e12, 8)]
    [InlineData(95.1, 95.2, 5)]
    [InlineData(2, 3, 3)]
    public void Ticks_of_a_logarithmic_axis_are_round_and_not_too_many(double low, double high, int most)
    {
        var ticks = AxisTicks.Logarithmic(low, high, most);
        Assert.InRange(ticks.Count, 2, most + 1);
        Assert.All(ticks, tick => Assert.InRange(tick, low * 0.9999, high * 1.0001));
        Assert.Equal(ticks.Order(), ticks);
    }

    private static LearningCurve Falling(string name, double from)
        => new(name, [.. Enumerable.Range(1, 10).Select(epoch => new CurvePoint(60 * epoch, from / Math.Sqrt(epoch)))], [.. Enumerable.Range(1, 100).Select(step => new CurvePoint(6 * step, from))]);

    private static List<string> Draw(int width, int height, bool isUnicode, bool hasColors, string? title, params LearningCurve[] curves)
        => [.. new CurveScreen(width, height, isUnicode, hasColors).Draw(new PlottedCurves(curves, PlotAxis.Time), title)];

    private static string Plain(string line) => Colors().Replace(line, "");

    [GeneratedRegex("\u001B\\[[0-9]+m")]
    private static partial Regex Colors();
}
