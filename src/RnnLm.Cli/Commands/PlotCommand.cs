using System.CommandLine;
using System.Text;
using RnnLm.Cli.Flags;
using RnnLm.Cli.Help;
using RnnLm.Cli.Output;
using RnnLm.Cli.Plots;
using RnnLm.Persistence;

namespace RnnLm.Cli.Commands;

/// <summary><c>rnnlm plot HISTORY...</c></summary>
sealed class PlotCommand(Terminal terminal)
{
    private string[] paths = [];
    private string? output;
    private PlotAxis axis = PlotAxis.Time;
    private string? title;

    public Verb Declare()
    {
        var flags = new FlagSet();
        flags.InputFiles("HISTORY", "Histories of trainings, as rnnlm train --history writes them, or lines of JSON with \"seconds\" and \"perplexity\" by another program. "
            + "Several are drawn in one plot.", ArgumentArity.OneOrMore, value => paths = value);
        flags.OutputFileFlag("--output", ["-o"], "The picture to write: FILE.svg or FILE.png. Without it the plot is drawn on the screen, or, where there is none, written as a table.",
            value => output = value, isRequired: false);
        flags.Choice("--x", "What the perplexity is drawn over.", PlotAxis.Time.Name, PlotAxis.All.ToDictionary(choice => choice.Name, choice => (Action)(() => axis = choice)));
        flags.Optional("--title", "The title of the plot.", Values.Text, value => title = value);
        flags.Check(() =>
        {
            if (output is not null && !IsSvg(output) && !IsPng(output)) throw new UsageException($"--output is {Printable.Quotation(output)}; its name must end with .svg or .png.");
        });
        flags.Examples(
            "rnnlm plot history.jsonl",
            "rnnlm plot first.jsonl second.jsonl --x words --output curves.svg");
        return flags.ToCommand("plot", "Draws learning curves: the perplexity of trainings over time, words or epochs.", Run);
    }

    private int Run()
    {
        var names = PlottedCurves.NamesOf(paths);
        var histories = paths.Select(TrainingHistory.Read).ToList();
        var curves = new PlottedCurves([.. names.Zip(histories, paths).Select(run => CurveOf(run.First, run.Second, run.Third))], axis);
        if (output is not null)
        {
            var picture = IsSvg(output) ? Encoding.UTF8.GetBytes(CurveImage.Svg(curves, title)) : CurveImage.Png(curves, title);
            AtomicFile.Write(output, stream => stream.Write(picture));
            if (!CurveImage.HasFonts) terminal.Tell("This machine has no fonts, so the plot has no text; install one, such as DejaVu Sans.");
            terminal.Tell($"The plot is in {Printable.Quotation(output)}.");
        }
        else
        {
            var lines = terminal.IsOutputInteractive
                ? new CurveScreen(terminal.Width, terminal.Height, terminal.IsUnicode, terminal.HasColors).Draw(curves, title)
                : CurveTable.Of(names.Zip(histories));
            foreach (var line in lines) terminal.Out.WriteLine(line);
        }
        return ExitCode.Done;
    }

    private LearningCurve CurveOf(string name, TrainingHistory history, string path)
    {
        var curve = LearningCurve.Of(name, history, axis);
        // A dot for each window cannot be told from a line where there is one in a cell.
        if (curve.Main.Count > 0) return output is null && !terminal.IsUnicode ? curve.WithMainAlone : curve;
        throw new InvalidDataException(history.Points.Count == 0
            ? $"{Printable.Quotation(path)} has no points to draw yet: no epoch, and no window."
            : $"{Printable.Quotation(path)} does not tell of {axis.Name}; draw it over something else by --x.");
    }

    private static bool IsSvg(string path) => path.EndsWith(".svg", StringComparison.OrdinalIgnoreCase);

    private static bool IsPng(string path) => path.EndsWith(".png", StringComparison.OrdinalIgnoreCase);
}
