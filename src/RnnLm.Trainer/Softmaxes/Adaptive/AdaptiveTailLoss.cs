using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary>
/// One cluster of an adaptive softmax in training. The positions whose targets lie in it are gathered and projected, and predicted by a
/// softmax over the words of the cluster.
/// </summary>
internal sealed class AdaptiveTailLoss
{
    private readonly MatrixView projection; // [size, output]
    private readonly SoftmaxLoss softmax;
    private readonly DenseGradient projectionGradient;
    private readonly Workers workers;
    private readonly Action<int> gatherPart;
    private readonly Action<int> scatterPart;
    private int[] positions = []; // that have targets in the cluster
    private int[] clusterTargets = []; // the targets, counted from the cluster's first word
    private MatrixView gathered; // features, and then their gradients: [positions, output]
    private MatrixView projected; // [positions rounded up, size]
    private MatrixView projectedGradient; // [positions rounded up, size]
    private int count;
    private MatrixView features;
    private MatrixView featureGradient;

    /// <param name="weights">The tail's weights.</param>
    /// <param name="firstWord">The id of the cluster's first word.</param>
    /// <param name="workers">The threads that share the work.</param>
    public AdaptiveTailLoss(TailWeights weights, int firstWord, Workers workers)
    {
        this.workers = workers;
        FirstWord = firstWord;
        WordCount = weights.Words.Rows;
        projection = weights.Projection.Matrix;
        projectionGradient = new DenseGradient(weights.Projection);
        // Tails have no bias: this one is zero, and nobody changes it.
        var bias = new NetworkParameter("", WordCount);
        softmax = new SoftmaxLoss(weights.Words, bias, workers);
        gatherPart = GatherPart;
        scatterPart = ScatterPart;
    }

    /// <summary>The id of the cluster's first word.</summary>
    public int FirstWord { get; }

    /// <summary>The number of words of the cluster.</summary>
    public int WordCount { get; }

    /// <summary>The gradients, in the order of <see cref="TailWeights.Parameters"/>.</summary>
    public IEnumerable<Gradient> Gradients => [projectionGradient, softmax.MatrixGradient];

    /// <summary>The sum of <c>-ln p(word | cluster)</c> over the targets in the cluster, and the gradients of that sum times a factor.</summary>
    /// <param name="features">The last layer's output: <c>[at least targets.Length, output]</c>.</param>
    /// <param name="targets">The words to predict, of this cluster or not.</param>
    /// <param name="scale">The factor.</param>
    /// <param name="featureGradient">What the gradients of the features are added to: <c>[targets.Length, output]</c>.</param>
    public double LossAndGradients(MatrixView features, ReadOnlySpan<int> targets, float scale, MatrixView featureGradient)
    {
        softmax.Reserve(targets.Length);
        Project(features, targets);
        if (count == 0)
        {
            projectionGradient.Values.Clear();
            softmax.MatrixGradient.Values.Clear();
            return 0;
        }

        var gradient = ProjectedRows(projectedGradient).RowRange(0, count);
        var loss = softmax.LossAndGradients(ProjectedRows(projected), clusterTargets.AsSpan(0, count), gradient, scale);
        var rows = GatheredRows();
        MatrixProduct.Multiply(gradient.Transposed, rows, projectionGradient.Matrix, accumulate: false, workers);
        // The features themselves are not needed any more.
        MatrixProduct.Multiply(gradient, projection, rows, accumulate: false, workers);
        this.featureGradient = featureGradient;
        workers.Run(workers.Count, scatterPart);
        return loss;
    }

    // Gathers the features of the positions whose targets lie in the cluster, and projects them.
    private void Project(MatrixView features, ReadOnlySpan<int> targets)
    {
        Reserve(targets.Length);
        count = 0;
        for (var position = 0; position < targets.Length; position++)
        {
            var word = targets[position] - FirstWord;
            if ((uint)word >= (uint)WordCount) continue;
            positions[count] = position;
            clusterTargets[count++] = word;
        }
        if (count == 0) return;

        this.features = features;
        workers.Run(workers.Count, gatherPart);
        var rows = ProjectedRows(projected);
        MatrixProduct.Multiply(GatheredRows(), projection.Transposed, rows.RowRange(0, count), accumulate: false, workers);
        for (var row = count; row < rows.Rows; row++) rows.Row(row).Clear();
    }

    private void GatherPart(int part)
    {
        var (start, length) = Partition.Share(count, part, workers.Count);
        for (var row = start; row < start + length; row++) features.Row(positions[row]).CopyTo(GatheredRows().Row(row));
    }

    private void ScatterPart(int part)
    {
        var (start, length) = Partition.Share(count, part, workers.Count);
        for (var row = start; row < start + length; row++)
        {
            var sum = featureGradient.Row(positions[row]);
            VectorFunctions.Add(GatheredRows().Row(row), sum, sum);
        }
    }

    private MatrixView GatheredRows() => gathered.RowRange(0, count);

    private MatrixView ProjectedRows(MatrixView matrix) => matrix.RowRange(0, OutputLoss.RowsFor(count));

    // Room for the case that every target lies in the cluster, so that no later window needs more.
    private void Reserve(int targets)
    {
        if (positions.Length >= targets) return;
        positions = new int[targets];
        clusterTargets = new int[targets];
        gathered = MatrixView.Zeros(targets, projection.Columns);
        projected = MatrixView.Zeros(OutputLoss.RowsFor(targets), projection.Rows);
        projectedGradient = MatrixView.Zeros(projected.Rows, projected.Columns);
    }
}
