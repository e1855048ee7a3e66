using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary>
/// The positions that a softmax works on at a time, shared by all threads. Their number is rounded up to whole vectors; what is
/// added has zero features, no target, and no part in the gradient.
/// </summary>
internal sealed class PositionBlock
{
    private readonly PackedMatrix transposedFeatures; // [size, Capacity]

    /// <param name="size">The number of features.</param>
    /// <param name="capacity">The greatest number of positions, a multiple of <see cref="OutputLoss.RowGranularity"/>.</param>
    public PositionBlock(int size, int capacity)
    {
        transposedFeatures = new PackedMatrix(size, capacity);
        Targets = new int[capacity];
        TargetLogits = new float[capacity];
        LogNormalizers = new double[capacity];
    }

    /// <summary>The index of the first position.</summary>
    public int Start { get; private set; }

    /// <summary>The number of positions that have targets.</summary>
    public int Count { get; private set; }

    /// <summary>The number of positions, rounded up.</summary>
    public int Width { get; private set; }

    /// <summary>The features: <c>[size, width]</c>, ready to be multiplied by.</summary>
    public PackedMatrix TransposedFeatures => transposedFeatures;

    /// <summary>The features: <c>[width, size]</c>.</summary>
    public MatrixView Features { get; private set; }

    /// <summary>The words to predict.</summary>
    public int[] Targets { get; }

    /// <summary>The logits of the words to predict.</summary>
    public float[] TargetLogits { get; }

    /// <summary>The logarithms of the sums of <c>e^logit</c> over the vocabulary.</summary>
    public double[] LogNormalizers { get; }

    /// <summary>Takes up the next positions.</summary>
    /// <param name="features">All features; rows up to their number rounded up exist and are zero.</param>
    /// <param name="targets">All words to predict.</param>
    /// <param name="start">The first position.</param>
    /// <param name="size">The greatest number of positions.</param>
    /// <param name="workers">The threads that share the work.</param>
    public void Load(MatrixView features, ReadOnlySpan<int> targets, int start, int size, Workers workers)
    {
        Start = start;
        Count = Math.Min(size, targets.Length - start);
        Width = OutputLoss.RowsFor(Count);
        targets.Slice(start, Count).CopyTo(Targets);
        Features = features.RowRange(start, Width);
        transposedFeatures.PackColumns(Features.Transposed, 0, workers);
    }
}
