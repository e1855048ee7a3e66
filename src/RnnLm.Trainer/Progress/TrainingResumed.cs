namespace RnnLm;

/// <summary>Training goes on from a checkpoint; told after <see cref="TrainingStarted"/>.</summary>
public sealed record TrainingResumed : TrainingEvent
{
    /// <summary>The checkpoint's file.</summary>
    public required string Checkpoint { get; init; }

    /// <summary>The epoch in which the checkpoint was made, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>The steps done before, over all epochs.</summary>
    public required long Step { get; init; }

    /// <summary>A sentence for each newer checkpoint that is damaged and was passed over.</summary>
    public required IReadOnlyList<string> PassedOver { get; init; }

    /// <summary>What the checkpoint has of the caller's own: <see cref="CheckpointOptions.Notes"/> as they were.</summary>
    public IReadOnlyDictionary<string, string> Notes { get; init; } = new Dictionary<string, string>();

    /// <summary>What is not as it was and may change the last bits of what follows, such as the processor, as a sentence; null where nothing is.</summary>
    public string? Differences { get; init; }

    private protected override string Line
    {
        get
        {
            string[] differences = Differences is null ? [] : [Differences];
            return string.Join(" ", [Invariant($"Training goes on from \"{Checkpoint}\", made after step {Step:N0} in epoch {Epoch}."), .. PassedOver, .. differences]);
        }
    }
}
