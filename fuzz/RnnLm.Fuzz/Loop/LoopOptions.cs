namespace RnnLm.Fuzz.Loop;

/// <summary>When a loop ends, and what its choices follow from.</summary>
internal sealed record LoopOptions
{
    /// <summary>The greatest number of inputs that are read.</summary>
    public long Executions { get; init; } = long.MaxValue;

    /// <summary>How long it runs at most.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.MaxValue;

    /// <summary>What the random choices follow from.</summary>
    public int Seed { get; init; } = 1;
}
