namespace RnnLm.Cli.Output;

/// <summary>Training progress as plain lines, for a log or a pipe: one for each epoch, and one at most every half minute within it.</summary>
sealed class ProgressLines(TextWriter writer) : IProgress<TrainingEvent>
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);
    private readonly TrainingLines lines = new();
    private TimeSpan next = Interval;

    public void Report(TrainingEvent value)
    {
        if (value is TrainingProgressed or ValidationStarted)
        {
            if (value.Elapsed < next) return;
            next = value.Elapsed + Interval;
        }
        foreach (var line in lines.Of(value)) writer.WriteLine(line);
        writer.Flush();
    }
}
