using RnnLm.Scoring;
using RnnLm.Wording;

namespace RnnLm;

/// <summary>Training goes on; told at most once in each <see cref="TrainingOptions.ProgressInterval"/>.</summary>
public sealed record TrainingProgressed : TrainingEvent
{
    /// <summary>The epoch, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>The greatest number of epochs.</summary>
    public required int Epochs { get; init; }

    /// <summary>The steps done, over all epochs.</summary>
    public required long Step { get; init; }

    /// <summary>The share of this epoch that is done, 0 to 1.</summary>
    public required double EpochShare { get; init; }

    /// <summary>The share of the whole run that is done, 0 to 1: of its epochs, or of its time where that runs out first.</summary>
    public required double Share { get; init; }

    /// <summary>Words a second in this epoch.</summary>
    public required double WordsPerSecond { get; init; }

    /// <summary>The training perplexity of this epoch so far.</summary>
    public required double TrainingPerplexity { get; init; }

    /// <summary>The learning rate.</summary>
    public required double LearningRate { get; init; }

    /// <summary>The time left at most: until the last epoch ends at the speed so far, or the time limit.</summary>
    public required TimeSpan Remaining { get; init; }

    private protected override string Line =>
        Invariant($"Epoch {Epoch} of {Epochs}, {EpochShare:P0}: training perplexity {PerplexityText.Of(TrainingPerplexity)}, {WordsPerSecond:N0} words/s") +
        $", {TimeText.Of(Remaining)} left.";
}
