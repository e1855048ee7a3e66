using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary>
/// The last part of a network in training: predicts words from the last layer's output, with the cross-entropy or what training follows
/// in its place as the loss.
/// </summary>
internal abstract class OutputLoss
{
    /// <summary>What the number of rows of features is a multiple of.</summary>
    public const int RowGranularity = 16;

    /// <summary>The number of rows that a matrix of features must have for some positions.</summary>
    public static int RowsFor(int positions) => (positions + RowGranularity - 1) / RowGranularity * RowGranularity;

    /// <summary>The gradients, in the order of the parameters: that of the output matrix, that of its bias, and what else there is.</summary>
    public abstract IReadOnlyList<Gradient> Gradients { get; }

    /// <summary>The sum of the losses that training follows, over the targets, and the gradients of their mean.</summary>
    /// <param name="features">The last layer's output: <c>[RowsFor(targets.Length), size]</c>; the rows beyond the targets are zero.</param>
    /// <param name="targets">The words to predict, at least one.</param>
    /// <param name="featureGradient">Receives the gradients of the features: <c>[targets.Length, size]</c>.</param>
    public abstract double LossAndGradients(MatrixView features, ReadOnlySpan<int> targets, MatrixView featureGradient);

    /// <summary>Saves what it keeps from window to window, its gradients and parameters apart; nothing, where it keeps nothing.</summary>
    public virtual void Save(TrainingState state)
    {
    }

    /// <summary>Goes on from what another, of the same options, has saved.</summary>
    /// <exception cref="InvalidDataException">Something is missing, or of another length.</exception>
    public virtual void Restore(TrainingState state)
    {
    }
}
