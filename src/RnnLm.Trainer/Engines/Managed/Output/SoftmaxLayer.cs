using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary>
/// The output layer with the cross-entropy: <c>softmax(W_o h + b_o)</c>, its loss and its gradient, some positions after another, so
/// that the logits of a whole window are never held. Every thread owns a run of the vocabulary; for each chunk of positions they
/// meet once, to agree on the normalizers.
/// </summary>
internal sealed class SoftmaxLayer : OutputLayer
{
    private const int MostPositions = 352;
    private const int MostLogits = 1 << 23;

    private readonly SoftmaxGradients gradients;
    private readonly Workers workers;
    private readonly SoftmaxPart[] parts;
    private readonly MatrixView[] featureGradients; // of every part: [positions rounded up, size]
    private readonly int size;
    private readonly int capacity;
    private readonly SoftmaxChunk chunk;
    private readonly Action<int> forwardPart;
    private readonly Action<int> backwardPart;
    private readonly Action<int> addPart;
    private float scale;
    private MatrixView featureGradient;

    /// <param name="matrix">The output matrix: <c>[words, size]</c>.</param>
    /// <param name="bias">The output bias: <c>[words]</c>.</param>
    /// <param name="gradients">Receives the gradients of the output matrix and bias.</param>
    /// <param name="workers">The threads that share the work.</param>
    public SoftmaxLayer(NetworkParameter matrix, NetworkParameter bias, SoftmaxGradients gradients, Workers workers)
    {
        this.gradients = gradients;
        this.workers = workers;
        size = matrix.Columns;
        capacity = Math.Clamp(
            SoftmaxChunk.RoundUp(MostLogits / matrix.Rows), SoftmaxKernel.Granularity, SoftmaxChunk.RoundUp(MostPositions));
        chunk = new SoftmaxChunk(size, capacity);
        parts = [.. Enumerable.Range(0, workers.Count).Select(part => new SoftmaxPart(matrix, bias, part, workers.Count, capacity))];
        featureGradients = new MatrixView[parts.Length];
        forwardPart = part => parts[part].Forward(chunk, FeatureGradientsOf(part));
        backwardPart = part => parts[part].Backward(chunk, scale, this.gradients, FeatureGradientsOf(part));
        addPart = AddPart;
    }

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
        var chunkSize = ChunkSizeFor(targets.Length);
        for (var start = 0; start < targets.Length; start += chunk.Count)
        {
            chunk.Load(features, targets, start, chunkSize, workers);
            loss += ForwardChunk();
            workers.Run(parts.Length, backwardPart);
        }
        workers.Run(workers.Count, addPart);
        return loss;
    }

    // As few chunks as the capacity allows, all of about the same size.
    private int ChunkSizeFor(int positions)
    {
        var chunks = Math.Max(1, (positions + capacity - 1) / capacity);
        return SoftmaxChunk.RoundUp((positions + chunks - 1) / chunks);
    }

    private double ForwardChunk()
    {
        workers.Run(parts.Length, forwardPart);
        var loss = 0.0;
        for (var position = 0; position < chunk.Count; position++)
        {
            var greatest = float.NegativeInfinity;
            foreach (var part in parts) greatest = Math.Max(greatest, part.References[position]);
            var sum = 0.0;
            foreach (var part in parts) sum += part.Sums[position] * Math.Exp(part.References[position] - (double)greatest);
            var logNormalizer = greatest + Math.Log(sum);
            chunk.LogNormalizers[position] = logNormalizer;
            loss += logNormalizer - chunk.TargetLogits[position];
        }
        return loss;
    }

    private MatrixView FeatureGradientsOf(int part) => featureGradients[part].RowRange(chunk.Start, chunk.Width);

    private void AddPart(int share)
    {
        var (start, count) = Partition.Share(featureGradient.Rows, share, workers.Count);
        for (var row = start; row < start + count; row++)
        {
            var sum = featureGradient.Row(row);
            featureGradients[0].Row(row).CopyTo(sum);
            for (var part = 1; part < parts.Length; part++)
                VectorFunctions.Add(featureGradients[part].Row(row), sum, sum);
        }
    }

    /// <summary>Makes room for the gradients of so many positions, which <see cref="LossAndGradients(MatrixView, ReadOnlySpan{int}, MatrixView)"/> does too.</summary>
    public void Reserve(int positions)
    {
        var rows = SoftmaxChunk.RoundUp(positions);
        if (featureGradients[0].Rows >= rows) return;
        for (var part = 0; part < featureGradients.Length; part++) featureGradients[part] = MatrixView.Zeros(rows, size);
    }
}
