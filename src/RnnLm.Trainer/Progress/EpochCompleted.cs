namespace RnnLm;

/// <summary>An epoch has been trained and validated, or the run has ended within it.</summary>
public sealed record EpochCompleted : TrainingEvent
{
    /// <summary>What the epoch gave.</summary>
    public required EpochResult Result { get; init; }

    /// <summary>The greatest number of epochs.</summary>
    public required int Epochs { get; init; }

    private protected override string Line =>
        Invariant($"Epoch {Result.Epoch} of {Epochs}{(Result.Share < 1 ? Invariant($", ended at {Result.Share:P0}") : "")}: ") +
        Invariant($"training perplexity {Result.TrainingPerplexity:N2}") +
        (Result.DescribeValidation() is { } validation ? $", {validation}" : "") +
        (Result.IsBest ? " (best)" : "") +
        Invariant($", learning rate {Result.LearningRate}, {Result.WordsPerSecond:N0} words/s, {Clock(Result.Duration)}.");
}
