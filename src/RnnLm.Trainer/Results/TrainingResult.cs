using RnnLm.Scoring;
using RnnLm.Wording;

namespace RnnLm;

/// <summary>What a training run gave: the best weights, and how they came about.</summary>
public sealed class TrainingResult
{
    internal TrainingResult()
    {
    }

    /// <summary>
    /// The best weights: of the epoch with the lowest validation perplexity, or the lowest training perplexity where there is no
    /// validation text. Where the run was broken off before any epoch ended, the weights as they were then; they have learned something, see
    /// <see cref="LanguageModelTrainer"/>. Where training went on from a model, and no epoch was better on the validation text, the model's.
    /// </summary>
    public required NetworkWeights Weights { get; init; }

    /// <summary>The epoch the weights are of, from 1; 0 where they are those of the model that training went on from.</summary>
    public required int BestEpoch { get; init; }

    /// <summary>Every epoch, the last of which may have been broken off.</summary>
    public required IReadOnlyList<EpochResult> Epochs { get; init; }

    /// <summary>Why the run ended.</summary>
    public required StopReason StopReason { get; init; }

    /// <summary>How long the run took.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>What <see cref="TrainingOptions.Progress"/> threw, where it did; it was told of nothing after that.</summary>
    public Exception? ListenerFault { get; internal set; }

    /// <summary>Why the last checkpoint that could not be written was not, where none could be after it; null where the newest is on the disk.</summary>
    public Exception? CheckpointFault { get; internal set; }

    /// <summary>Whether the learning rate's course followed from the length of the run, so that the run does not go on for longer.</summary>
    internal bool HasFixedLength { get; init; }

    /// <summary>Why <see cref="TrainingOptions.History"/> is not all on the disk; null where it is, or there is none.</summary>
    public Exception? HistoryFault { get; internal set; }

    /// <summary>
    /// The validation perplexity, before the first epoch, of the model that training went on from, with its new words where the vocabulary was extended;
    /// null where there is no such model, or no validation text.
    /// </summary>
    public double? InitialValidationPerplexity { get; init; }

    /// <summary>The validation perplexity of the weights; null where it is not known.</summary>
    public double? BestValidationPerplexity => BestEpoch == 0 ? InitialValidationPerplexity : Best?.ValidationPerplexity;

    /// <summary>Which measure <see cref="BestValidationPerplexity"/> is; null where no epoch was validated.</summary>
    public EvaluationContext? BestValidationContext => BestEpoch == 0 ? InitialValidationContext : Best?.ValidationContext;

    internal EvaluationContext? InitialValidationContext { get; init; }

    /// <summary>Words trained on a second over all epochs, validation left out; 0 where no time has passed.</summary>
    public double WordsPerSecond
    {
        get
        {
            var seconds = Epochs.Sum(epoch => epoch.TrainingTime.TotalSeconds);
            return seconds > 0 ? Epochs.Sum(epoch => epoch.Words) / seconds : 0;
        }
    }

    private EpochResult? Best => Epochs.LastOrDefault(epoch => epoch.Epoch == BestEpoch);

    /// <summary>
    /// The figures as a model file keeps them: <c>epochs</c>, <c>best_epoch</c>, <c>training_perplexity</c> and
    /// <c>validation_perplexity</c> of the best epoch, <c>initial_validation_perplexity</c>, <c>words_per_second</c> and <c>seconds</c>. What is not
    /// known is left out.
    /// </summary>
    public IReadOnlyDictionary<string, double> Figures
    {
        get
        {
            var figures = new Dictionary<string, double>
            {
                ["epochs"] = Epochs.Count,
                ["best_epoch"] = BestEpoch,
                ["words_per_second"] = WordsPerSecond,
                ["seconds"] = Elapsed.TotalSeconds,
            };
            if (Best is { } best && double.IsFinite(best.TrainingPerplexity)) figures["training_perplexity"] = best.TrainingPerplexity;
            if (BestValidationPerplexity is { } perplexity && double.IsFinite(perplexity)) figures["validation_perplexity"] = perplexity;
            if (InitialValidationPerplexity is { } initial && double.IsFinite(initial)) figures["initial_validation_perplexity"] = initial;
            return figures;
        }
    }

    /// <summary>How the run went, as a line in the invariant culture: <c>1 min 2 s, 17,000 words/s: all epochs are done. Best weights: …</c></summary>
    public override string ToString()
    {
        var reason = StopReason switch
        {
            StopReason.EpochsCompleted => "all epochs are done",
            StopReason.NoImprovement => "validation perplexity no longer improves",
            StopReason.TimeLimit => "the time allowed is over",
            StopReason.Cancelled => "it was cancelled",
            StopReason.Diverged => "it diverged",
            _ => "the engine failed",
        };
        return Invariant($"{TimeText.Of(Elapsed)}, {WordsPerSecond:N0} words/s: {reason}. Best weights: {DescribeBest()}.");
    }

    internal string DescribeBest() => (Best, BestValidationPerplexity, BestValidationContext) switch
    {
        ({ } best, _, _) => Invariant($"epoch {best.Epoch}, ") + (best.DescribeValidation() ?? Invariant($"training perplexity {PerplexityText.Of(best.TrainingPerplexity)}")),
        (_, { } perplexity, { } context) => $"the initial model's, {EpochResult.DescribeValidation(perplexity, context)}",
        _ => "no epoch",
    };
}
