namespace RnnLm.Training;

/// <summary>The time a run has taken and may take.</summary>
internal sealed class RunClock(TimeProvider time, TimeSpan? limit)
{
    private readonly long start = time.GetTimestamp();

    public TimeSpan Elapsed => time.GetElapsedTime(start);

    /// <summary>The time kept back for the last validation.</summary>
    public TimeSpan Reserve { get; set; }

    /// <summary>Whether no time is left to train in.</summary>
    public bool IsOver => limit is { } allowed && Elapsed + Reserve >= allowed;

    /// <summary>The share of the whole run that is done, and the time left at most, where <paramref name="share"/> of its epochs is done.</summary>
    public (double Share, TimeSpan Remaining) Estimate(double share)
    {
        var elapsed = Elapsed;
        var remaining = TimeSpan.FromSeconds(Math.Min(elapsed.TotalSeconds * (1 - share) / share, TimeSpan.MaxValue.TotalSeconds / 2));
        if (limit is not { } allowed || elapsed + remaining <= allowed) return (share, remaining);
        return (Math.Min(elapsed / allowed, 1), elapsed < allowed ? allowed - elapsed : TimeSpan.Zero);
    }
}
