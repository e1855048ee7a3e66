using System.Buffers.Binary;
using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using RnnLm.Cli.Output;
using RnnLm.Cli.Plots;

namespace RnnLm.Cli.Tests.Plots;

public sealed class PlotTests : IDisposable
{
    private readonly Shell shell = new();

    public void Dispose() => shell.Dispose();

    [Fact]
    public void A_picture_as_SVG_has_a_line_for_each_run_and_its_title_axes_and_legend()
    {
        var paths = Histories(3);
        var outcome = shell.Run(["plot", .. paths, "--output", shell["plot.svg"], "--title", "A <title> & \"more\" é"]);
        Assert.Equal((0, ""), (outcome.Code, outcome.Output));
        var svg = XDocument.Load(shell["plot.svg"]).Root!;
        Assert.Equal("svg", svg.Name.LocalName);
        Assert.Equal(("960", "600"), (svg.Attribute("width")!.Value, svg.Attribute("height")!.Value));
        var texts = TextsOf(svg);
        foreach (var text in (string[])["A <title> & \"more\" é", "minutes", "perplexity: validation, and thin in training", "run0", "run1", "run2", "100", "0"]) Assert.Contains(text, texts);
        // Strong lines, of width 2, are the runs'; in the legend each stands once more.
        Assert.Equal(2 * 3, ColorsOf(svg, width: "2").Count);
        Assert.Equal(3, ColorsOf(svg, width: "2").Distinct().Count());
    }

    [Fact]
    public void One_run_has_its_name_for_a_title()
    {
        var outcome = shell.Run(["plot", .. Histories(1), "-o", shell["plot.SVG"], "--x", "words"]);
        Assert.Equal(0, outcome.Code);
        var svg = XDocument.Load(shell["plot.SVG"]).Root!;
        Assert.Contains("run0", TextsOf(svg));
        Assert.Contains("thousand words trained on", TextsOf(svg));
        Assert.Single(ColorsOf(svg, width: "2"));
    }

    [Fact]
    public void A_picture_as_PNG_has_its_size_and_something_in_it()
    {
        Assert.Equal(0, shell.Run(["plot", .. Histories(2), "--output", shell["plot.png"]]).Code);
        var png = File.ReadAllBytes(shell["plot.png"]);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], png[..4]);
        Assert.Equal((960, 600), (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20))));
        using var image = SkiaSharp.SKBitmap.Decode(png);
        var colors = image.Pixels.Distinct().Count();
        Assert.InRange(colors, 10, 100_000);
        Assert.InRange(image.Pixels.Count(pixel => pixel == SkiaSharp.SKColors.White), image.Pixels.Length / 2, image.Pixels.Length - 1000);
    }

    [Fact]
    public void A_picture_is_the_same_in_every_culture()
    {
        var paths = Histories(2);
        Assert.Equal(0, shell.Run(["plot", .. paths, "--output", shell["a.svg"]]).Code);
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            Assert.Equal(0, shell.Run(["plot", .. paths, "--output", shell["b.svg"]]).Code);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
        Assert.Equal(WithoutNumbersOfClips("a.svg"), WithoutNumbersOfClips("b.svg"));

        string WithoutNumbersOfClips(string name) => Regex.Replace(File.ReadAllText(shell[name]), "cl_[0-9a-f]+", "");
    }

    [Fact]
    public void Runs_of_another_program_and_many_and_single_points_are_drawn()
    {
        shell.Write("peer.jsonl", "{\"seconds\":600,\"perplexity\":300}\n{\"seconds\":1200,\"perplexity\":150}\n");
        shell.Write("point.jsonl", "{\"seconds\":0,\"perplexity\":1}\n");
        var outcome = shell.Run(["plot", .. Histories(20), shell["peer.jsonl"], shell["point.jsonl"], "--output", shell["plot.svg"]]);
        Assert.Equal(0, outcome.Code);
        var texts = TextsOf(XDocument.Load(shell["plot.svg"]).Root!);
        Assert.Contains("peer", texts);
        Assert.Contains("run19", texts);
    }

    [Fact]
    public void More_runs_than_colours_are_told_apart_by_the_widths_of_their_lines()
    {
        Assert.Equal(0, shell.Run(["plot", .. Histories(20), "--output", shell["plot.svg"]]).Code);
        var strong = XDocument.Load(shell["plot.svg"]).Root!.Descendants().Where(element => element.Name.LocalName == "path")
            .Select(element => (Width: element.Attribute("stroke-width")?.Value, Color: element.Attribute("stroke")?.Value))
            .Where(line => line.Width is "2" or "3.5" or "5").ToList();
        Assert.Equal(20, strong.Distinct().Count());
    }

    [Fact]
    public void The_legend_covers_no_point()
    {
        // A run has one point alone, at the right end, and is worst, so that it is at the top.
        shell.Write("a.jsonl", "{\"seconds\":60,\"perplexity\":400}\n");
        shell.Write("b.jsonl", "{\"seconds\":60,\"perplexity\":300}\n");
        Assert.Equal(0, shell.Run("plot", shell["a.jsonl"], shell["b.jsonl"], "--output", shell["plot.png"]).Code);
        using var image = SkiaSharp.SKBitmap.Decode(File.ReadAllBytes(shell["plot.png"]));
        foreach (var color in (string[])["#0072B2", "#D55E00"])
        {
            // The point, and the line and the marker of the legend: they stand in two places.
            var wanted = SkiaSharp.SKColor.Parse(color);
            var columns = Enumerable.Range(0, image.Width).Where(x => Enumerable.Range(0, image.Height).Any(y => image.GetPixel(x, y) == wanted)).ToList();
            Assert.Equal(2, 1 + columns.Zip(columns.Skip(1)).Count(pair => pair.Second > pair.First + 5));
        }
    }

    [Fact]
    public void Where_there_is_no_screen_the_plot_is_a_table()
    {
        shell.Write("peer.jsonl", "{\"seconds\":600,\"perplexity\":300}\n{\"seconds\":1200.5,\"perplexity\":150.128}\n{\"seconds\":1300,\"trainingPerplexity\":99}\n");
        var outcome = shell.Run("plot", Histories(1)[0], shell["peer.jsonl"]);
        Assert.Equal(0, outcome.Code);
        var lines = outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd('\r')).ToList();
        Assert.Equal("run\tseconds\tepochs\twords\ttraining\tvalidation", lines[0]);
        Assert.Equal("run0\t60.0\t1\t1000\t400.00\t500.00", lines[1]);
        Assert.Equal(["peer\t600.0\t-\t-\t-\t300.00", "peer\t1200.5\t-\t-\t-\t150.13"], lines[^2..]);
        Assert.DoesNotContain('\u001B', outcome.Output);
    }

    [Theory]
    [InlineData("plot.jpg", "must end with .svg or .png")]
    [InlineData("plot", "must end with .svg or .png")]
    public void A_picture_of_another_kind_is_a_usage_error(string name, string reason)
    {
        var outcome = shell.Run("plot", Histories(1)[0], "--output", shell[name]);
        Assert.Equal(ExitCode.Misused, outcome.Code);
        Assert.Contains(reason, outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no history", "is no history of a training. Line 1")]
    [InlineData("", "has no points to draw yet")]
    [InlineData("{\"event\":\"started\"}\n", "has no points to draw yet")]
    [InlineData("{\"seconds\":1,\"perplexity\":5}\n", "does not tell of words; draw it over something else by --x")]
    public void A_file_that_cannot_be_drawn_is_told_and_nothing_is_written(string content, string reason)
    {
        shell.Write("bad.jsonl", content);
        var outcome = shell.Run("plot", Histories(1)[0], shell["bad.jsonl"], "--x", "words", "--output", shell["plot.svg"]);
        Assert.Equal(ExitCode.Failed, outcome.Code);
        Assert.Contains(reason, outcome.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(shell["plot.svg"]));
    }

    [Fact]
    public void A_history_is_never_drawn_over()
    {
        var path = shell.Write("a.svg", "{\"seconds\":1,\"perplexity\":5}\n");
        Assert.Equal(ExitCode.Misused, shell.Run("plot", path, "--output", path).Code);
        Assert.Equal(ExitCode.Failed, shell.Run("plot", shell["none.jsonl"]).Code);
    }

    [Fact]
    public void A_training_writes_a_history_that_is_drawn()
    {
        var text = shell.Write("text.txt", string.Concat(Enumerable.Repeat(TrainedShell.Sentence + "\n", 60)));
        var trained = shell.Run([.. TrainedShell.SmallTraining(text, shell["model.rnnlm"], epochs: 3), "--validation", text, "--history", shell["history.jsonl"]]);
        Assert.Equal(0, trained.Code);
        Assert.Equal(3, TrainingHistory.Read(shell["history.jsonl"]).Points.Count(point => point.IsEpoch));
        foreach (var axis in PlotAxis.All) Assert.Equal(0, shell.Run("plot", shell["history.jsonl"], "--x", axis.Name, "--output", shell[$"{axis.Name}.svg"]).Code);
        Assert.Equal(4, shell.Run("plot", shell["history.jsonl"]).Lines.Length);
    }

    [Fact]
    public void A_training_that_is_resumed_goes_on_with_its_history()
    {
        var text = shell.Write("text.txt", string.Concat(Enumerable.Repeat(TrainedShell.Sentence + "\n", 60)));
        string[] arguments = [.. TrainedShell.SmallTraining(text, shell["model.rnnlm"], epochs: 6), "--validation", text, "--history", shell["history.jsonl"], "--checkpoint", shell["folder"]];
        Assert.Equal(ExitCode.Interrupted, shell.RunUntil("Epoch 2 of 6", arguments).Code);
        Assert.Equal(StopReason.Cancelled, TrainingHistory.Read(shell["history.jsonl"]).StopReason);
        Assert.Equal(0, shell.Run("train", "--resume", shell["folder"]).Code);
        var history = TrainingHistory.Read(shell["history.jsonl"]);
        Assert.Equal([1, 2, 3, 4, 5, 6], history.Points.Where(point => point.IsEpoch).Select(point => point.Epochs!.Value));
        Assert.Equal(StopReason.EpochsCompleted, history.StopReason);
    }

    [Fact]
    public void A_history_that_would_replace_what_is_read_or_written_is_a_usage_error()
    {
        var text = shell.Write("text.txt", TrainedShell.Sentence);
        foreach (var path in (string[])[text, shell["model.rnnlm"]])
        {
            var outcome = shell.Run([.. TrainedShell.SmallTraining(text, shell["model.rnnlm"]), "--history", path]);
            Assert.Equal(ExitCode.Misused, outcome.Code);
            Assert.Contains("--history", outcome.Error, StringComparison.Ordinal);
        }
    }

    [LinuxFact]
    public void In_a_terminal_the_plot_is_as_wide_as_that()
    {
        using var running = RunningCommand.StartInTerminal(60, ["plot", .. Histories(2)]);
        var outcome = running.Wait();
        Assert.Equal(0, outcome.Code);
        Assert.Contains("perplexity over minutes", outcome.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("LANG=de_DE.UTF-8", true)]
    [InlineData("LC_ALL=C.utf8", true)]
    [InlineData("LC_ALL=C LANG=en_US.UTF-8", false)]
    [InlineData("LC_ALL= LC_CTYPE=POSIX LANG=en_US.UTF-8", false)]
    [InlineData("LANG=de_DE.ISO-8859-1", false)]
    [InlineData("", false)]
    public void Whether_a_screen_shows_Unicode_is_told_by_the_first_variable_that_is_set(string variables, bool expected)
        => Assert.Equal(expected, ScreenCapabilities.IsUnicodeIn(Variables(variables)));

    [Theory]
    [InlineData("TERM=xterm", true)]
    [InlineData("TERM=dumb", false)]
    [InlineData("TERM=xterm NO_COLOR=1", false)]
    [InlineData("TERM=xterm NO_COLOR=", true)]
    public void Colours_are_left_out_where_they_are_not_wanted(string variables, bool expected)
        => Assert.Equal(expected, ScreenCapabilities.HasColorsIn(Variables(variables)));

    private static Func<string, string?> Variables(string text)
    {
        var all = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToDictionary(one => one.Split('=')[0], one => one.Split('=')[1]);
        return name => all.GetValueOrDefault(name);
    }

    private static List<string> TextsOf(XElement svg)
        => [.. svg.Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value.Trim())];

    private static List<string> ColorsOf(XElement svg, string width)
        => [.. svg.Descendants().Where(element => element.Name.LocalName == "path" && element.Attribute("stroke-width")?.Value == width).Select(element => element.Attribute("stroke")!.Value)];

    /// <summary>Histories of runs that learn, each a little faster than the one before.</summary>
    private string[] Histories(int count)
        => [.. Enumerable.Range(0, count).Select(run => shell.Write($"run{run}.jsonl", string.Concat(Enumerable.Range(1, 10).Select(epoch => FormattableString.Invariant(
            $"{{\"event\":\"epoch\",\"seconds\":{60 * epoch},\"epochs\":{epoch},\"words\":{1000 * epoch},\"trainingPerplexity\":{400 / Math.Sqrt(epoch)},\"validationPerplexity\":{500.0 / Math.Pow(epoch, 0.5 + (0.1 * run))}}}\n")))))];
}
