using System.Runtime.CompilerServices;
using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary>
/// A softmax with the cross-entropy: <c>softmax(W_o h + b_o)</c>, its loss and its gradient, some positions after another, so
/// that the logits of a whole window are never held. Every thread owns a run of the vocabulary; for each block of positions they
/// meet once, to agree on the normalizers.
/// </summary>
internal sealed class SoftmaxLoss : OutputLoss
{
    private const int MostPositions = 352;
    private const int MostLogits = 1 << 23;

    private readonly Workers workers;
    private readonly VocabularyShare[] shares;
    private readonly MatrixView[] featureGradients; // of every part: [positions rounded up, size]
    private readonly int size;
    private readonly int capacity;
    private readonly PositionBlock block;
    private readonly Action<int> forwardPart;
    private readonly Action<int> backwardPart;
    private readonly Action<int> addPart;
    private float scale;
    private MatrixView featureGradient;

    /// <param name="matrix">The output matrix: <c>[words, size]</c>.</param>
    /// <param name="bias">The output bias: <c>[words]</c>.</param>
    /// <param name="workers">The threads that share the work.</param>
    public SoftmaxLoss(NetworkParameter matrix, NetworkParameter bias, Workers workers)
    {
        MatrixGradient = new DenseGradient(matrix);
        BiasGradient = new DenseGradient(bias);
        this.workers = workers;
        size = matrix.Columns;
        capacity = Math.Clamp(
            RowsFor(MostLogits / matrix.Rows), RowGranularity, RowsFor(MostPositions));
        block = new PositionBlock(size, capacity);
        shares = [.. Enumerable.Range(0, workers.Count).Select(part => new VocabularyShare(matrix, bias, part, workers.Count, capacity))];
        featureGradients = new MatrixView[shares.Length];
        forwardPart = part => shares[part].Forward(block, FeatureGradientsOf(part));
        backwardPart = part => shares[part].Backward(block, scale, MatrixGradient, BiasGradient, FeatureGradientsOf(part));
        addPart = AddPart;
    }

    /// <summary>The gradient of the output matrix.</summary>
    public DenseGradient MatrixGradient { get; }

    /// <summary>The gradient of the output bias.</summary>
    public DenseGradient BiasGradient { get; }

    public override IReadOnlyList<Gradient> Gradients => [MatrixGradient, BiasGradient];

    public override double LossAndGradients(MatrixView features, ReadOnlySpan<int> targets, MatrixView featureGradient)
        => LossAndGradients(features, targets, featureGradient, 1f / targets.Length);

    /// <summary>The sum of the losses over the targets, and the gradients of that sum times a factor.</summary>
    /// <param name="features">The last layer's output: <c>[RowsFor(targets.Length), size]</c>; the rows beyond the targets are zero.</param>
    /// <param name="targets">The words to predict, at least one.</param>
    /// <param name="featureGradient">Receives the gradients of the features: <c>[targets.Length, size]</c>.</param>
    /// <param name="scale">The factor.</param>
    public double LossAndGradients(MatrixView features, ReadOnlySpan<int> targets, MatrixView featureGradient, float scale)
    {
        this.featureGradient = featureGradient;
        this.scale = scale;
        Reserve(targets.Length);
        var loss = 0.0;
        var blockSize = BlockSizeFor(targets.Length);
        for (var start = 0; start < targets.Length; start += block.Count)
        {
            block.Load(features, targets, start, blockSize, workers);
            loss += ForwardBlock();
            workers.Run(shares.Length, backwardPart);
        }
        workers.Run(workers.Count, addPart);
        return loss;
    }

    // As few blocks as the capacity allows, all of about the same size.
    private int BlockSizeFor(int positions)
    {
        var blocks = Math.Max(1, (positions + capacity - 1) / capacity);
        return RowsFor((positions + blocks - 1) / blocks);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double ForwardBlock()
    {
        workers.Run(shares.Length, forwardPart);
        var loss = 0.0;
        for (var position = 0; position < block.Count; position++)
        {
            var greatest = float.NegativeInfinity;
            foreach (var share in shares) greatest = Math.Max(greatest, share.References[position]);
            var sum = 0.0;
            foreach (var share in shares) sum += share.Sums[position] * Math.Exp(share.References[position] - (double)greatest);
            var logNormalizer = greatest + Math.Log(sum);
            block.LogNormalizers[position] = logNormalizer;
            loss += logNormalizer - block.TargetLogits[position];
        }
        return loss;
    }

    private MatrixView FeatureGradientsOf(int part) => featureGradients[part].RowRange(block.Start, block.Width);

    private void AddPart(int share)
    {
        var (start, count) = Partition.Share(featureGradient.Rows, share, workers.Count);
        for (var row = start; row < start + count; row++)
        {
            var sum = featureGradient.Row(row);
            featureGradients[0].Row(row).CopyTo(sum);
            for (var part = 1; part < shares.Length; part++)
                VectorFunctions.Add(featureGradients[part].Row(row), sum, sum);
        }
    }

    /// <summary>Makes room for the gradients of so many positions, which <see cref="LossAndGradients(MatrixView, ReadOnlySpan{int}, MatrixView)"/> does too.</summary>
    public void Reserve(int positions)
    {
        var rows = RowsFor(positions);
        if (featureGradients[0].Rows >= rows) return;
        for (var part = 0; part < featureGradients.Length; part++) featureGradients[part] = MatrixView.Zeros(rows, size);
    }
}
