namespace RnnLm;

/// <summary>Training has ended. A run that fails ends with an exception instead.</summary>
public sealed record TrainingCompleted : TrainingEvent
{
    /// <summary>What the run gave.</summary>
    public required TrainingResult Result { get; init; }

    private protected override string Line
    {
        get
        {
            var reason = Result.StopReason switch
            {
                StopReason.EpochsCompleted => "all epochs are done",
                StopReason.NoImprovement => "validation perplexity no longer improves",
                StopReason.TimeLimit => "the time allowed is over",
                _ => "it was cancelled",
            };
            return Invariant($"Training ended after {Clock(Elapsed)}, {Result.WordsPerSecond:N0} words/s: {reason}. ") +
                $"Best weights: {Result.DescribeBest()}.";
        }
    }
}
