namespace RnnLm.Training;

/// <summary>The time a run has taken and may take.</summary>
/// <param name="time">The clock.</param>
/// <param name="limit">How long the run may take in all; null sets no limit.</param>
/// <param name="pause">How long it may take until it is paused, from when it began or went on; null for no pause.</param>
internal sealed class RunClock(TimeProvider time, TimeSpan? limit, TimeSpan? pause = null)
{
    private readonly long start = time.GetTimestamp();
    private TimeSpan before; // that the run had taken when it was broken off

    public TimeSpan Elapsed => before + Since;

    /// <summary>The time kept back for the last validation.</summary>
    public TimeSpan Reserve { get; set; }

    /// <summary>Whether no time is left to train in.</summary>
    public bool IsOver => (limit is { } allowed && Elapsed + Reserve >= allowed) || (pause is { } share && Since + Reserve >= share);

    // A clock may go backwards.
    private TimeSpan Since => time.GetElapsedTime(start) is var since && since > TimeSpan.Zero ? since : TimeSpan.Zero;

    /// <summary>The share of the whole run that is done, and the time left at most, where <paramref name="share"/> of its epochs is done.</summary>
    public (double Share, TimeSpan Remaining) Estimate(double share)
    {
        var elapsed = Elapsed;
        var remaining = TimeSpan.FromSeconds(Math.Min(elapsed.TotalSeconds * (1 - share) / share, TimeSpan.MaxValue.TotalSeconds / 2));
        if (limit is not { } allowed || elapsed + remaining <= allowed) return (share, remaining);
        return (Math.Min(elapsed / allowed, 1), elapsed < allowed ? allowed - elapsed : TimeSpan.Zero);
    }

    /// <summary>The share of the time for training that has passed, from 0 to 1; 0 where there is no limit.</summary>
    public double ShareOfLimit => limit is not { } allowed ? 0 : allowed > Reserve ? Math.Min(Elapsed / (allowed - Reserve), 1) : 1;

    public void Save(TrainingState state)
    {
        state.Set("elapsed_ticks", Elapsed.Ticks);
        state.Set("reserve_ticks", Reserve.Ticks);
    }

    public void Restore(TrainingState state)
    {
        before = TimeSpan.FromTicks(state.GetWhole("elapsed_ticks"));
        Reserve = TimeSpan.FromTicks(state.GetWhole("reserve_ticks"));
    }
}
