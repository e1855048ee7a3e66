namespace RnnLm;

/// <summary>Something happened in the training of a trial.</summary>
public sealed record TrialProgressed : SweepEvent
{
    /// <summary>The trial's number.</summary>
    public required int Trial { get; init; }

    /// <summary>What happened.</summary>
    public required TrainingEvent Training { get; init; }

    private protected override string Line => Invariant($"Trial {Trial}: {Training}");
}
