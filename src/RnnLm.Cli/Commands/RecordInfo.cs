using System.Globalization;
using RnnLm.Cli.Output;
using RnnLm.Scoring;
using RnnLm.Wording;

namespace RnnLm.Cli.Commands;

/// <summary>What <c>rnnlm info</c> shows of how a model came about: in names and numbers for people. As the file keeps them, <c>--json</c> has them.</summary>
static class RecordInfo
{
    private const string OfInitialModel = "initial_model.";
    private const int LeastWidth = 12;
    private const double MostSeconds = 1e11; // thousands of years

    private static readonly (double Size, string Name)[] Sizes = [(1e12, "trillion"), (1e9, "billion"), (1e6, "million")];

    /// <summary>What is not called and shown as it is kept.</summary>
    private static readonly Dictionary<string, (string Title, Func<string, string> Show)> Known = new()
    {
        ["preset_words"] = ("words of the text", OfNumber(Number)),
        ["preset_vocabulary_size"] = ("words of the vocabulary", OfNumber(Number)),
        ["preset_speed"] = ("speed of the machine", OfNumber(value => $"{Great(value)} operations a second")),
        ["preset_time_limit"] = ("time for the preset", Time),
        ["preset_portable"] = ("preset for any engine", text => text),
        ["time_limit"] = ("time limit", Time),
        ["seed"] = ("seed", text => text),
        ["seconds"] = ("time", OfNumber(value => Math.Abs(value) <= MostSeconds ? TimeText.Of(TimeSpan.FromSeconds(value)) : FormattableString.Invariant($"{value} s"))),
        ["words_per_second"] = ("speed", OfNumber(value => FormattableString.Invariant($"{value:N0} words/s"))),
        ["training_words"] = ("words of the text", OfNumber(Number)),
        ["training_lines"] = ("lines of the text", OfNumber(Number)),
        ["training_perplexity"] = ("training perplexity", OfNumber(value => PerplexityText.Of(value))),
        ["validation_perplexity"] = ("validation perplexity", OfNumber(value => PerplexityText.Of(value))),
        ["initial_validation_perplexity"] = ("validation perplexity before", OfNumber(value => PerplexityText.Of(value))),
    };

    /// <summary>Shows options and figures, each under a line of its own.</summary>
    public static void Show(Terminal terminal, TrainingRecord record)
    {
        Show(terminal, "training", record.Options);
        Show(terminal, "figures", record.Figures.Select(figure => KeyValuePair.Create(figure.Key, figure.Value.ToString("R", CultureInfo.InvariantCulture))));
    }

    private static void Show(Terminal terminal, string title, IEnumerable<KeyValuePair<string, string>> entries)
    {
        var lines = entries.Select(entry => LineOf(entry.Key, entry.Value)).ToList();
        if (lines.Count == 0) return;
        terminal.Show($"{title}");
        var width = Math.Max(lines.Max(line => line.Name.Length), LeastWidth);
        foreach (var (name, value) in lines) terminal.Show($"  {name.PadRight(width)} {value}");
    }

    private static (string Name, string Value) LineOf(string name, string value)
    {
        if (name.StartsWith(OfInitialModel, StringComparison.Ordinal))
        {
            var (itsName, itsValue) = LineOf(name[OfInitialModel.Length..], value);
            return ($"initial model's {itsName}", itsValue);
        }
        var (title, show) = Known.TryGetValue(name, out var known) ? known : (name.Replace('_', ' '), OfNumber(Number));
        return (title, show(value));
    }

    /// <summary>How a number is shown; a file may hold under any name what is none, which is shown as it is.</summary>
    private static Func<string, string> OfNumber(Func<double, string> show)
        => text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? show(value) : text;

    private static string Number(double value) => value >= 1e6 && !double.IsInteger(value) ? Great(value)
        : double.IsInteger(value) && Math.Abs(value) < 1e15 ? value.ToString("N0", CultureInfo.InvariantCulture)
        : value.ToString("G6", CultureInfo.InvariantCulture);

    private static string Time(string text) => TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var time) ? TimeText.Of(time) : text;

    /// <summary>A number with three digits, and a word for its size where it is great.</summary>
    private static string Great(double value)
    {
        var (size, name) = Sizes.FirstOrDefault(size => value >= size.Size, (1, ""));
        return FormattableString.Invariant($"{value / size:G3}{(name.Length > 0 ? $" {name}" : "")}");
    }
}
