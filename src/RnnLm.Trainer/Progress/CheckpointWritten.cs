namespace RnnLm;

/// <summary>A checkpoint is whole on the disk.</summary>
public sealed record CheckpointWritten : TrainingEvent
{
    /// <summary>The checkpoint's file.</summary>
    public required string Path { get; init; }

    /// <summary>The epoch it was made in, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>The steps done when it was made, over all epochs.</summary>
    public required long Step { get; init; }

    /// <summary>The length of the file.</summary>
    public required long Bytes { get; init; }

    /// <summary>How long training stood still for it.</summary>
    public required TimeSpan Paused { get; init; }

    private protected override string Line => Invariant($"Checkpoint after step {Step:N0}: \"{Path}\", {Bytes:N0} bytes.");
}
