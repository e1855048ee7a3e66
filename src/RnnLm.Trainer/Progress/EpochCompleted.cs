namespace RnnLm;

/// <summary>An epoch has been trained and validated, or the run has ended within it.</summary>
public sealed record EpochCompleted : TrainingEvent
{
    /// <summary>What the epoch gave.</summary>
    public required EpochResult Result { get; init; }

    /// <summary>The greatest number of epochs.</summary>
    public required int Epochs { get; init; }

    private protected override string Line => Result.TextOf(Invariant($"Epoch {Result.Epoch} of {Epochs}"));
}
