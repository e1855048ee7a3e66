namespace RnnLm;

/// <summary>A trial begins, or goes on in its next rung.</summary>
public sealed record TrialStarted : SweepEvent
{
    /// <summary>The trial as it was until now.</summary>
    public required SweepTrial Trial { get; init; }

    /// <summary>The rung, from 0.</summary>
    public required int Rung { get; init; }

    /// <summary>How long it may take; null where its epochs limit it.</summary>
    public required TimeSpan? TimeLimit { get; init; }

    private protected override string Line => Invariant($"Trial {Trial.Number}, rung {Rung + 1}: {Trial.Settings}.");
}
