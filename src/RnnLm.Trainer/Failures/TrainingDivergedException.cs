using RnnLm.Training;

namespace RnnLm;

/// <summary>
/// Training diverged: a loss, a gradient or a weight was no longer a finite number, or a perplexity was a thousand times that of a guess among
/// all words. The weights that it came from are not among those that are kept.
/// </summary>
public sealed class TrainingDivergedException : TrainingFailedException
{
    internal TrainingDivergedException(string what, TrainingPosition position, double gradientClip, TrainingResult? best)
        : base(
            Invariant($"Training diverged at {position}: {what}. Lower the learning rate, to {position.LearningRate / 4} say") +
            Invariant($", or clip the gradient's norm below {gradientClip}."),
            position, best, null)
    {
    }
}
