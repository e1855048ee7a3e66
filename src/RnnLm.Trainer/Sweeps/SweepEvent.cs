namespace RnnLm;

/// <summary>Something that happened in a sweep. As text it is a line for a log, in the invariant culture.</summary>
public abstract record SweepEvent
{
    private protected SweepEvent()
    {
    }

    /// <summary>The time since the sweep began.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>The event as a line for a log.</summary>
    public sealed override string ToString() => Line;

    private protected abstract string Line { get; }
}
