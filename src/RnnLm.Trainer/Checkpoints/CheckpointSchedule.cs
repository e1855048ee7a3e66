namespace RnnLm.Training;

/// <summary>When the next checkpoint is due.</summary>
internal sealed class CheckpointSchedule(CheckpointOptions options)
{
    private TimeSpan last;
    private int windows;

    /// <summary>Begins anew: there is a checkpoint of now.</summary>
    public void Restart(TimeSpan elapsed) => (last, windows) = (elapsed, 0);

    /// <summary>Whether a checkpoint is due after one more window.</summary>
    /// <param name="elapsed">The time since training began.</param>
    public bool IsDueAfterWindow(TimeSpan elapsed)
    {
        windows++;
        return options.IntervalWindows is { } interval ? windows >= interval : elapsed - last >= options.Interval;
    }
}
