namespace RnnLm.Benchmarks.Soak;

/// <summary>Whether memory has grown, once everything that is made once was there.</summary>
/// <param name="states">What the process held, report after report.</param>
/// <param name="duration">How long the whole took.</param>
sealed class MemoryVerdict(IReadOnlyList<ProcessState> states, TimeSpan duration)
{
    private const double GreatestGrowth = 0.01;

    // What is made once, code that is compiled among it, is not all there in less.
    private static readonly TimeSpan ShortestJudged = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan GreatestWarmUp = TimeSpan.FromMinutes(10);

    private string Judgement => IsJudged ? FormattableString.Invariant($"at most {GreatestGrowth:P0} more is right") : "too short a time to be judged";

    private ProcessState[] Warm => [.. states.Where(state => state.Time >= (duration / 6 < GreatestWarmUp ? duration / 6 : GreatestWarmUp))];

    /// <summary>Whether the run was long enough to be judged.</summary>
    public bool IsJudged => duration >= ShortestJudged;

    public bool HasGrown => IsJudged && (Growth(state => state.Managed) > GreatestGrowth || Growth(state => state.Resident) > GreatestGrowth);

    public override string ToString() => Warm is { Length: >= 3 } warm
        ? FormattableString.Invariant($"""
            Managed memory: {Describe(state => state.Managed)}
            Resident memory: {Describe(state => state.Resident)}
            (medians of the first and the last third of the time from {warm[0].Time:hh\:mm\:ss} to {warm[^1].Time:hh\:mm\:ss}; {Judgement})
            """)
        : "Too few reports to tell how memory grows.";

    private string Describe(Func<ProcessState, long> bytes)
    {
        var (first, last) = Medians(bytes);
        return FormattableString.Invariant($"{first / 1e6:N2} MB, then {last / 1e6:N2} MB: {Growth(bytes):+0.00 %;-0.00 %}");
    }

    private double Growth(Func<ProcessState, long> bytes)
    {
        var (first, last) = Medians(bytes);
        return (last / first) - 1;
    }

    private (double First, double Last) Medians(Func<ProcessState, long> bytes)
    {
        var warm = Warm;
        var third = Math.Max(1, warm.Length / 3);
        return (Median(warm[..third], bytes), Median(warm[^third..], bytes));
    }

    private static double Median(ProcessState[] states, Func<ProcessState, long> bytes)
    {
        long[] sorted = [.. states.Select(bytes).Order()];
        return (sorted[sorted.Length / 2] + sorted[(sorted.Length - 1) / 2]) / 2.0;
    }
}
