using RnnLm.Cli.Output;
using RnnLm.Wording;

namespace RnnLm.Cli.Filters;

/// <summary>How far a filter is: a line on standard error at most every half minute, and none of what is done before. Whoever types the lines, or sees the answers, knows.</summary>
sealed class FilterProgress(Terminal terminal, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private readonly long begin = time.GetTimestamp();
    private TimeSpan next = Interval;

    /// <summary>Takes how many lines are done, and how many of them could not be answered.</summary>
    public void Report(long lines, long failed)
    {
        if (terminal.IsInputInteractive || terminal.IsOutputInteractive) return;
        var elapsed = time.GetElapsedTime(begin);
        if (elapsed < next) return;
        next = elapsed + Interval;
        var faults = failed == 0 ? "" : $", {CountText.Of(failed, "error")}";
        terminal.Tell(FormattableString.Invariant($"{CountText.Of(lines, "line")}{faults}, {lines / elapsed.TotalSeconds:N0} a second"));
    }
}
