namespace RnnLm.Cli.Output;

/// <summary>What is told of a training in lines of text, for a person.</summary>
sealed class TrainingLines
{
    /// <summary>The least time between two warnings: what goes wrong once goes wrong again with the next window.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private TimeSpan? lastWarning;

    /// <summary>The lines of an event; none of one that nobody needs to know.</summary>
    public IEnumerable<string> Of(TrainingEvent value) => LinesOf(value).Select(Printable.Line);

    private IEnumerable<string> LinesOf(TrainingEvent value) => value switch
    {
        CheckpointWritten => [],
        CheckpointFailed or HistoryFailed => IsDue(value.Elapsed) ? [$"Warning: {value}"] : [],
        TrainingResumed resumed =>
        [
            (resumed with { PassedOver = [], Differences = null }).ToString(),
            .. resumed.PassedOver,
            .. resumed.Differences is { } differences ? [differences] : Array.Empty<string>(),
        ],
        _ => [value.ToString()],
    };

    private bool IsDue(TimeSpan elapsed)
    {
        if (elapsed - lastWarning < Interval) return false;
        lastWarning = elapsed;
        return true;
    }
}
