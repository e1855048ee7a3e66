using System.Runtime.CompilerServices;
using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary>
/// A sampled softmax (Bengio and Senécal 2008, <i>Adaptive importance sampling to accelerate
/// training of a neural probabilistic language model</i>; Jean 2015, <i>On using very large target vocabulary for neural machine
/// translation</i>, section 3). For a target <c>t</c> and a sample <c>S</c>, which all targets of a window share, the loss is
/// <c>-ln(e^z_t / (e^z_t + Σ e^z_i))</c>, the sum over the words <c>i</c> of <c>S</c> other than <c>t</c>, with
/// <c>z_i = w_i · h + b_i - ln E_i</c> and <c>E_i</c> how likely word <c>i</c> was to be in the sample. Were words drawn
/// independently, a true model would have the least expected loss whatever the size of the sample. Evaluation is the full softmax.
/// </summary>
/// <remarks>
/// Every thread takes positions of its own through logits, softmax, and their gradients, some at a time so that they stay in its
/// cache; then all share the product that sums the gradient of the sample's rows. A row of the output matrix is read, has a
/// gradient, and is updated only where its word is a target or in the sample.
/// </remarks>
internal sealed class SampledSoftmaxLoss : OutputLoss
{
    private const int MostLogits = 1 << 22;
    private const int MostPositionsInBlock = 128;

    private readonly NetworkWeights weights;
    private readonly NegativeSampler sampler;
    private readonly RowGradient matrixGradient;
    private readonly RowGradient biasGradient;
    private readonly Workers workers;
    private readonly MatrixView output; // [vocabulary, size]
    private readonly int count; // of words in the sample
    private readonly int capacity; // of a chunk, in positions
    private readonly MatrixView sample; // the sample's rows of the output matrix: [count, size]
    private readonly float[] sampleBias; // b - ln E of the sample's words
    private readonly PackedMatrix packedSample; // [count, size]
    private readonly PackedMatrix packedTransposedSample; // [size, count]
    private readonly float[][] biasGradients; // of the sample's words, of every thread
    private readonly double[] losses; // of every thread
    private readonly Action<int> makeUpPart;
    private readonly Action<int> gatherPart;
    private readonly Action<int> differentiatePart;
    private readonly Action<int> addTargetsPart;
    private long step;

    // Of the window:
    private int[] targets = [];
    private float[] targetGradients = []; // of every position: the gradient of its target's logit
    private float[] logits = []; // of a chunk, and then their gradients: [positions, count]
    private MatrixView features;
    private MatrixView featureGradient;
    private int targetCount;
    private int chunkStart;
    private int chunkCount;

    /// <param name="weights">The network.</param>
    /// <param name="sampler">Draws the sample.</param>
    /// <param name="workers">The threads that share the work.</param>
    public SampledSoftmaxLoss(NetworkWeights weights, NegativeSampler sampler, Workers workers)
    {
        this.weights = weights;
        this.sampler = sampler;
        matrixGradient = new RowGradient(weights.Output, isShared: weights.Shape.Tied);
        biasGradient = new RowGradient(weights.OutputBias);
        this.workers = workers;
        output = weights.Output.Matrix;
        count = sampler.Words.Length;
        capacity = Math.Max(MostPositionsInBlock, MostLogits / count);
        sample = MatrixView.Zeros(count, output.Columns);
        sampleBias = new float[count];
        packedSample = new PackedMatrix(count, output.Columns);
        packedTransposedSample = new PackedMatrix(output.Columns, count);
        biasGradients = [.. Enumerable.Range(0, workers.Count).Select(_ => new float[count])];
        losses = new double[workers.Count];
        makeUpPart = MakeUpPart;
        gatherPart = GatherPart;
        differentiatePart = DifferentiatePart;
        addTargetsPart = AddTargetsPart;
    }

    public override IReadOnlyList<Gradient> Gradients => [matrixGradient, biasGradient];

    public override double LossAndGradients(MatrixView features, ReadOnlySpan<int> targets, MatrixView featureGradient)
    {
        this.features = features;
        this.featureGradient = featureGradient;
        targetCount = targets.Length;
        Reserve();
        targets.CopyTo(this.targets);
        sampler.Draw(step++);
        Begin(matrixGradient);
        Begin(biasGradient);
        foreach (var sums in biasGradients) sums.AsSpan().Clear();
        workers.Run(workers.Count, makeUpPart);
        workers.Run(workers.Count, gatherPart);
        packedSample.Pack(sample, workers);
        packedTransposedSample.Pack(sample.Transposed, workers);

        var loss = 0.0;
        for (chunkStart = 0; chunkStart < targetCount; chunkStart += chunkCount)
        {
            chunkCount = Math.Min(capacity, targetCount - chunkStart);
            workers.Run(workers.Count, differentiatePart);
            foreach (var share in losses) loss += share;
            MatrixProduct.Multiply(
                LogitsOf(0, chunkCount).Transposed, features.RowRange(chunkStart, chunkCount), matrixGradient.FirstRows(count),
                accumulate: chunkStart > 0, workers);
        }
        workers.Run(workers.Count, addTargetsPart);
        return loss;
    }

    public override void Save(TrainingState state) => state.Set("step", step);

    public override void Restore(TrainingState state) => step = state.GetWhole("step");

    // The sample's rows come first, those of targets outside of it after them.
    private void Begin(RowGradient gradient)
    {
        gradient.Clear();
        gradient.Include(sampler.Words);
        gradient.Include(targets.AsSpan(0, targetCount));
    }

    // All rows that are about to be read have a gradient, and so have room.
    private void MakeUpPart(int part)
    {
        matrixGradient.MakeUpIncluded(part, workers.Count);
        biasGradient.MakeUpIncluded(part, workers.Count);
    }

    private void GatherPart(int part)
    {
        var (start, share) = Partition.Share(count, part, workers.Count);
        for (var slot = start; slot < start + share; slot++)
        {
            var word = sampler.Words[slot];
            output.Row(word).CopyTo(sample.Row(slot));
            sampleBias[slot] = BiasOf(word);
        }
    }

    private float BiasOf(int word) => (float)(weights.OutputBias.Values[word] - sampler.LogExpectedCount(word));

    private void DifferentiatePart(int part)
    {
        losses[part] = 0;
        var (start, share) = Partition.Share(chunkCount, part, workers.Count);
        var blocks = (share + MostPositionsInBlock - 1) / MostPositionsInBlock;
        for (var block = 0; block < blocks; block++)
        {
            var (first, size) = Partition.Share(share, block, blocks);
            losses[part] += Differentiate(start + first, size, biasGradients[part]);
        }
    }

    private double Differentiate(int first, int size, Span<float> sampleBiasGradient)
    {
        var loss = 0.0;
        var blockLogits = LogitsOf(first, size);
        for (var row = 0; row < size; row++) sampleBias.CopyTo(blockLogits.Row(row));
        MatrixProduct.Multiply(
            features.RowRange(chunkStart + first, size), packedTransposedSample, blockLogits, accumulate: true, Workers.Single);
        for (var row = 0; row < size; row++)
        {
            loss += Softmax(chunkStart + first + row, blockLogits.Row(row));
            VectorFunctions.Add(blockLogits.Row(row), sampleBiasGradient, sampleBiasGradient);
        }
        MatrixProduct.Multiply(
            blockLogits, packedSample, featureGradient.RowRange(chunkStart + first, size), accumulate: false, Workers.Single);
        for (var position = chunkStart + first; position < chunkStart + first + size; position++)
            VectorFunctions.MultiplyAdd(targetGradients[position], output.Row(targets[position]), featureGradient.Row(position));
        return loss;
    }

    // Turns the logits of the sample at one position into their gradients, and returns the loss.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double Softmax(int position, Span<float> row)
    {
        var target = targets[position];
        var slot = matrixGradient.SlotOf(target);
        if (slot < count) row[slot] = float.NegativeInfinity; // it counts once, as the target
        var targetLogit = VectorFunctions.Dot(features.Row(position), output.Row(target)) + BiasOf(target);
        var greatest = Math.Max(targetLogit, VectorFunctions.Max(row));
        var targetPower = Math.Exp(targetLogit - greatest);
        var sum = targetPower + VectorFunctions.ExpAndSum(row, greatest);
        VectorFunctions.Scale((float)(1 / (sum * targetCount)), row);
        targetGradients[position] = (float)((targetPower / sum - 1) / targetCount);
        return greatest - targetLogit + Math.Log(sum);
    }

    // Adds what the targets give to their rows, and what the threads have summed for the sample's biases.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddTargetsPart(int part)
    {
        var (matrix, bias) = (matrixGradient, biasGradient);
        for (var slot = part; slot < matrix.Count; slot += workers.Count)
        {
            bias.RowOf(slot)[0] = 0;
            if (slot >= count) matrix.RowOf(slot).Clear();
            else foreach (var sums in biasGradients) bias.RowOf(slot)[0] += sums[slot];
        }
        for (var position = 0; position < targetCount; position++)
        {
            var slot = matrix.SlotOf(targets[position]);
            if (slot % workers.Count != part) continue;
            bias.RowOf(slot)[0] += targetGradients[position];
            VectorFunctions.MultiplyAdd(targetGradients[position], features.Row(position), matrix.RowOf(slot));
        }
    }

    private MatrixView LogitsOf(int first, int size) => new(logits, first * count, size, count, count);

    private void Reserve()
    {
        if (targets.Length < targetCount)
        {
            targets = new int[targetCount];
            targetGradients = new float[targetCount];
        }
        var length = checked(Math.Min(capacity, targetCount) * count);
        if (logits.Length < length) logits = new float[length];
    }
}
