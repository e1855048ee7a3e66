namespace RnnLm.Mpi;

/// <summary>
/// A rank's share of the windows of all ranks: of their streams, or rows, those that are its own. So all ranks together read what one would with as many streams, and
/// all have equally many windows.
/// </summary>
/// <param name="all">The windows of all.</param>
/// <param name="rank">The rank.</param>
/// <param name="ranks">The number of ranks.</param>
internal sealed class SharedWindows(IWindowSource all, int rank, int ranks) : IWindowSource
{
    private Window? whole; // of all ranks
    private long filled; // words of the epoch

    public long TargetCount => all.TargetCount;

    /// <summary>Whether the window filled last is the last of its epoch.</summary>
    public bool IsAtEnd => filled == TargetCount;

    public void Begin(int epoch)
    {
        all.Begin(epoch);
        filled = 0;
    }

    public bool Fill(Window window)
    {
        if (whole is null || whole.BatchSize != window.BatchSize * ranks || whole.Capacity != window.Capacity)
            whole = new Window(checked(window.BatchSize * ranks), window.Capacity);
        if (!all.Fill(whole)) return false;

        window.Begin(whole.Length, startsFresh: false);
        for (var step = 0; step < whole.Length; step++)
        {
            var (from, to) = (step * whole.BatchSize + rank * window.BatchSize, step * window.BatchSize);
            whole.Inputs.Slice(from, window.BatchSize).CopyTo(window.Inputs[to..]);
            whole.Targets.Slice(from, window.BatchSize).CopyTo(window.Targets[to..]);
            whole.Resets.Slice(from, window.BatchSize).CopyTo(window.Resets[to..]);
        }
        window.TargetCount = window.Targets.Length - window.Targets.Count(Window.Padding);
        window.SharedTargetCount = whole.TargetCount;
        filled += whole.TargetCount;
        return true;
    }
}
