namespace RnnLm;

/// <summary>A checkpoint could not be written. Training goes on, and the next one is tried when it is due.</summary>
public sealed record CheckpointFailed : TrainingEvent
{
    /// <summary>The checkpoint's file.</summary>
    public required string Path { get; init; }

    /// <summary>Why it could not be written.</summary>
    public required Exception Fault { get; init; }

    private protected override string Line => $"No checkpoint could be written: {Fault.Message} Training goes on.";
}
