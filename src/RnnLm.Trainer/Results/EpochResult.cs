using RnnLm.Scoring;
using RnnLm.Wording;

namespace RnnLm;

/// <summary>One pass over the corpus, or the part of it that was trained before the run ended.</summary>
public sealed record EpochResult
{
    /// <summary>The epoch, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>The share of the corpus that was trained on: 1, or less where the run ended within the epoch.</summary>
    public required double Share { get; init; }

    /// <summary>The number of words trained on, end-of-line words included.</summary>
    public required long Words { get; init; }

    /// <summary>
    /// The perplexity in training: <c>exp</c> of the mean loss of the words, each as it was before its own update, with dropout.
    /// </summary>
    public required double TrainingPerplexity { get; init; }

    /// <summary>
    /// The perplexity on the validation text after the epoch. Null where there is none, or the run was cancelled before it was known.
    /// </summary>
    public double? ValidationPerplexity { get; init; }

    /// <summary>
    /// Which measure <see cref="ValidationPerplexity"/> is: the validation text is read as one stream or row by row, as the corpus is. Null where
    /// that is null.
    /// </summary>
    public EvaluationContext? ValidationContext { get; init; }

    /// <summary>The learning rate.</summary>
    public required double LearningRate { get; init; }

    /// <summary>How long training took.</summary>
    public required TimeSpan TrainingTime { get; init; }

    /// <summary>How long validation took.</summary>
    public required TimeSpan ValidationTime { get; init; }

    /// <summary>How long the epoch took.</summary>
    public TimeSpan Duration => TrainingTime + ValidationTime;

    /// <summary>Words trained on a second; 0 where no time has passed.</summary>
    public double WordsPerSecond => TrainingTime > TimeSpan.Zero ? Words / TrainingTime.TotalSeconds : 0;

    /// <summary>Whether its weights are the best until then, and were kept.</summary>
    public required bool IsBest { get; init; }

    /// <summary>Whether validation was of the average of the weights: see <see cref="TrainingOptions.Averaging"/>.</summary>
    public bool IsAveraged { get; init; }

    /// <summary>Whether its weights were given up for the best until then, from which training went on: see <see cref="PlateauSchedule.Undo"/>.</summary>
    public bool IsUndone { get; init; }

    /// <summary>The figures as a line, in the invariant culture.</summary>
    public override string ToString() => TextOf(Invariant($"Epoch {Epoch}"));

    internal string TextOf(string name) =>
        $"{name}{(Share < 1 ? Invariant($", ended at {Share:P0}") : "")}: " +
        Invariant($"training perplexity {PerplexityText.Of(TrainingPerplexity)}") +
        (DescribeValidation() is { } validation ? $", {validation}" : "") +
        (IsAveraged ? " (average)" : "") +
        (IsBest ? " (best)" : IsUndone ? " (undone)" : "") +
        Invariant($", learning rate {LearningRate:G6}, {WordsPerSecond:N0} words/s, {TimeText.Of(Duration)}.");

    /// <summary>The validation perplexity in words, with its measure: <c>validation perplexity 104.20 as one stream</c>. Null where it is not known.</summary>
    internal string? DescribeValidation()
        => (ValidationPerplexity, ValidationContext) is ({ } perplexity, { } context)
            ? DescribeValidation(perplexity, context)
            : null;

    internal static string DescribeValidation(double perplexity, EvaluationContext context)
        => Invariant($"validation perplexity {PerplexityText.Of(perplexity)} {context.Describe()}");
}
