namespace RnnLm;

/// <summary>Training has ended. A run that fails ends with an exception instead.</summary>
public sealed record TrainingCompleted : TrainingEvent
{
    /// <summary>What the run gave.</summary>
    public required TrainingResult Result { get; init; }

    private protected override string Line => $"Training ended after {Result}";
}
