namespace RnnLm;

/// <summary>What a sweep has found.</summary>
public sealed class SweepResult
{
    internal SweepResult()
    {
    }

    /// <summary>All trials, the best first; those without a perplexity last.</summary>
    public required IReadOnlyList<SweepTrial> Trials { get; init; }

    /// <summary>The trial that the model is of; null where nothing was learned.</summary>
    public required SweepTrial? Best { get; init; }

    /// <summary>The model with the lowest validation perplexity of all; null where nothing was learned.</summary>
    public required LanguageModel? Model { get; init; }

    /// <summary>Why the sweep ended: its epochs or its time are over, or it was cancelled.</summary>
    public required StopReason StopReason { get; init; }

    /// <summary>How long it took, before it was broken off too.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Why the last that was found is not in the folder, where it could not be written; null where it is.</summary>
    public Exception? FolderFault { get; init; }
}
