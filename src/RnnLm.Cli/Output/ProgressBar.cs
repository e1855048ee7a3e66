using RnnLm.Scoring;

namespace RnnLm.Cli.Output;

/// <summary>
/// Training progress as a bar on one line of a terminal, with words a second, perplexity and time left; a line remains of every epoch. The bar is written over
/// with spaces and carriage returns alone, which every terminal knows, and never is as wide as the terminal: a line that wraps could not be written over.
/// </summary>
/// <param name="writer">The terminal.</param>
/// <param name="width">Its width in columns, which may change.</param>
sealed class ProgressBar(TextWriter writer, Func<int> width) : IProgress<TrainingEvent>
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
                Draw($"epoch {validation.Epoch}/{validation.Epochs}", [FormattableString.Invariant($"validating on {validation.Words:N0} words"), "validating"]);
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
        var bar = new string('━', done) + new string('─', BarWidth - done);
        var percentage = FormattableString.Invariant($"{share,4:P0}").Replace(" %", "%", StringComparison.Ordinal);
        string[] forms = [.. figures.Select(figure => $"{epoch} {bar} {percentage} {figure}"), $"{epoch} {bar} {percentage}", $"{epoch} {percentage}", percentage];
        var room = width() - 1;
        Write(forms.FirstOrDefault(form => form.Length <= room) ?? "");
    }

    private void Write(string line)
    {
        writer.Write($"\r{line.PadRight(shown)}{(line.Length < shown ? $"\r{line}" : "")}");
        writer.Flush();
        shown = line.Length;
    }

    /// <summary>The figures, from all of them to the one that matters most.</summary>
    private static string[] FiguresOf(TrainingProgressed progress)
    {
        var speed = FormattableString.Invariant($"{progress.WordsPerSecond:N0} words/s");
        var perplexity = $"perplexity {PerplexityText.Of(progress.TrainingPerplexity, decimals: 1)}";
        var left = FormattableString.Invariant($"{Math.Floor(progress.Remaining.TotalHours)}:{progress.Remaining:mm\\:ss} left");
        return [$"{speed}  {perplexity}  {left}", $"{perplexity}  {left}", left];
    }
}
