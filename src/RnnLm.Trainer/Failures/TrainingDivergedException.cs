using RnnLm.Training;

namespace RnnLm;

/// <summary>
/// Training diverged: a loss, a gradient or a weight was no longer a finite number, or a perplexity was a thousand times that of a guess among
/// all words, at the end of two epochs in a row or of the only one. The weights that it came from are not among those that are kept.
/// </summary>
public sealed class TrainingDivergedException : TrainingFailedException
{
    internal TrainingDivergedException(string what, TrainingPosition position, TrainingOptions options, TrainingResult? best)
        : base(
            Invariant($"Training diverged at {position}: {what}. Lower the learning rate from {options.Optimizer.LearningRate} to {options.Optimizer.LearningRate / 4}, say") +
            Invariant($", or clip the gradient's norm below {options.GradientClip}."),
            position, best, null)
        => Options = options;

    /// <summary>What it was trained with, where nobody had set it as the preset has it.</summary>
    internal TrainingOptions Options { get; }
}
