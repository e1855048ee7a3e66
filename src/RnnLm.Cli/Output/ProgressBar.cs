using RnnLm.Scoring;
using RnnLm.Wording;

namespace RnnLm.Cli.Output;

/// <summary>
/// Training progress as a bar on one line of a terminal, with words a second, perplexity and time left; a line remains of every epoch. The bar is written over
/// with spaces and carriage returns alone, which every terminal knows, and never is as wide as the terminal: a line that wraps could not be written over.
/// </summary>
/// <param name="writer">The terminal.</param>
/// <param name="width">Its width in columns, which may change; where it is not known, that of most terminals.</param>
/// <param name="isUnicode">Whether it shows more characters than those of ASCII.</param>
sealed class ProgressBar(TextWriter writer, Func<int> width, bool isUnicode) : IProgress<TrainingEvent>
{
    private const int BarWidth = 16;

    private readonly TrainingLines lines = new();
    private double share;
    private int shown; // how many characters of a bar stand there

    public void Report(TrainingEvent value)
    {
        switch (value)
        {
            case TrainingProgressed progress:
                share = progress.Share;
                Draw($"epoch {progress.Epoch}/{progress.Epochs}", FiguresOf(progress));
                break;
            case ValidationStarted validation:
                Draw($"epoch {validation.Epoch}/{validation.Epochs}", [$"validating on {CountText.Of(validation.Words, "word")}", "validating"]);
                break;
            default:
                foreach (var line in lines.Of(value))
                {
                    Clear();
                    writer.WriteLine(line);
                }
                writer.Flush();
                break;
        }
    }

    /// <summary>Leaves the line empty, for whatever is written next.</summary>
    public void Clear()
    {
        if (shown > 0) Write("");
    }

    private void Draw(string epoch, string[] figures)
    {
        var done = (int)(BarWidth * share);
        var bar = new string(isUnicode ? '━' : '=', done) + new string(isUnicode ? '─' : '-', BarWidth - done);
        var percentage = FormattableString.Invariant($"{share,4:P0}").Replace(" %", "%", StringComparison.Ordinal);
        string[] forms = [.. figures.Select(figure => $"{epoch} {bar} {percentage} {figure}"), $"{epoch} {bar} {percentage}", $"{epoch} {percentage}", percentage];
        Write(forms.FirstOrDefault(form => form.Length <= Room) ?? "");
    }

    /// <summary>How many characters a line may have.</summary>
    private int Room => Math.Max(width() - 1, 0);

    private void Write(string line)
    {
        // Of a terminal that is narrower by now, as much as is left of the line that stands there.
        var over = Math.Min(shown, Room);
        writer.Write($"\r{line.PadRight(over)}{(line.Length < over ? $"\r{line}" : "")}");
        writer.Flush();
        shown = line.Length;
    }

    /// <summary>The figures, from all of them to the one that matters most.</summary>
    private static string[] FiguresOf(TrainingProgressed progress)
    {
        var speed = FormattableString.Invariant($"{progress.WordsPerSecond:N0} words/s");
        var perplexity = $"perplexity {PerplexityText.Of(progress.TrainingPerplexity, decimals: 1)}";
        var left = $"{TimeText.Of(progress.Remaining)} left";
        return [$"{speed}  {perplexity}  {left}", $"{perplexity}  {left}", left];
    }
}
