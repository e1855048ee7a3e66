using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary>What predicts words from the last layer's output, with the cross-entropy as its loss.</summary>
internal abstract class OutputLayer
{
    /// <summary>The number of rows that a matrix of features must have for some positions.</summary>
    public static int RowsFor(int positions) => SoftmaxChunk.RoundUp(positions);

    /// <summary>The sum of the losses that training follows, over the targets, and the gradients of their mean.</summary>
    /// <param name="features">The last layer's output: <c>[RowsFor(targets.Length), size]</c>; the rows beyond the targets are zero.</param>
    /// <param name="targets">The words to predict, at least one.</param>
    /// <param name="featureGradient">Receives the gradients of the features: <c>[targets.Length, size]</c>.</param>
    public abstract double LossAndGradients(MatrixView features, ReadOnlySpan<int> targets, MatrixView featureGradient);
}
