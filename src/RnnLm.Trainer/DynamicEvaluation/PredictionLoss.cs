using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RnnLm.Inference;
using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary>
/// A softmax over the whole vocabulary that says of each target how probable it was before anything is learned from it, and gives the gradient
/// of the mean cross-entropy. Only the rows of words that were expected with a probability worth learning from, or that came, have a gradient.
/// </summary>
/// <remarks>Logits lie with a word to a row and a position to a column, so that the output matrix is read once a window and never laid out anew.</remarks>
internal sealed class PredictionLoss : OutputLoss
{
    private const int TileWords = 240;
    private const int WordGranularity = 12; // the height of a product's tile

    private readonly MatrixView output; // [vocabulary, size]
    private readonly float[] outputBias;
    private readonly RowGradient matrixGradient;
    private readonly RowGradient biasGradient;
    private readonly Workers workers;
    private readonly double leastMass;
    private readonly Action<int> logitPart;
    private readonly Action<int> powerPart;
    private readonly Action<int> selectPart;
    private readonly Action<int> gatherPart;
    private readonly float[] zeros = new float[TileWords]; // biases that are added already
    private readonly PartFindings[] findings; // of every thread
    private readonly List<int>[] expected; // of every thread: its words that have a gradient, targets apart

    // Of the window:
    private PackedMatrix? packedFeatures; // transposed: [size, width]
    private int[] targets = [];
    private float[] targetLogits = [];
    private float[] greatest = []; // of every position: its greatest logit
    private float[] factors = []; // of every position: what makes its powers probabilities
    private double[] logProbabilities = [];
    private int[] ranks = [];
    private float[] room = []; // [vocabulary, width]
    private float[] selectedRoom = []; // of the words that have a gradient: the gradients of their logits, [words, width]
    private float[] rowsRoom = []; // and their rows of the output matrix
    private int count;
    private int width;

    /// <param name="weights">The network.</param>
    /// <param name="leastMass">
    /// The sum of a word's probabilities over the positions of a window below which it has no gradient, unless it is a target; 0 gives every word one.
    /// </param>
    /// <param name="workers">The threads that share the work.</param>
    public PredictionLoss(NetworkWeights weights, double leastMass, Workers workers)
    {
        output = weights.Output.Matrix;
        outputBias = weights.OutputBias.Values;
        matrixGradient = new RowGradient(weights.Output, isShared: weights.Shape.Tied);
        biasGradient = new RowGradient(weights.OutputBias);
        this.leastMass = leastMass;
        this.workers = workers;
        (logitPart, powerPart, selectPart, gatherPart) = (LogitPart, PowerPart, SelectPart, GatherPart);
        findings = [.. Enumerable.Range(0, workers.Count).Select(_ => new PartFindings())];
        expected = [.. Enumerable.Range(0, workers.Count).Select(_ => new List<int>())];
    }

    public override IReadOnlyList<Gradient> Gradients => [matrixGradient, biasGradient];

    /// <summary>The natural logarithms of the probabilities that the targets had.</summary>
    public ReadOnlySpan<double> LogProbabilities => logProbabilities.AsSpan(0, count);

    /// <summary>How many words were more probable than each target, of equally probable ones those of lower id.</summary>
    public ReadOnlySpan<int> Ranks => ranks.AsSpan(0, count);

    /// <summary>The number of words that have a gradient.</summary>
    public int Selected => matrixGradient.Count;

    /// <summary>The logarithm of the sum of <c>e^logit</c> over the vocabulary, the logits being those of <see cref="CopyLogits"/>.</summary>
    /// <param name="position">The target's place among the window's.</param>
    public double NormalizerOf(int position) => -Math.Log(factors[position]);

    /// <summary>Values that rank words as their probabilities did, and whose softmax is their probabilities: logits less the greatest.</summary>
    /// <param name="position">The target's place among the window's.</param>
    /// <param name="destination">Receives the values by word id: <c>[vocabulary]</c>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void CopyLogits(int position, Span<float> destination)
    {
        for (int word = 0, place = position; word < destination.Length; word++, place += width) destination[word] = room[place];
        for (var i = 0; i < destination.Length; i += SpanVectors.Count) SpanVectors.Store(Vector.Log(SpanVectors.Load(destination, i)), destination, i);
        // A power may be too small for a number; what the target had is known all the same.
        destination[targets[position]] = targetLogits[position] - greatest[position];
    }

    public override double LossAndGradients(MatrixView features, ReadOnlySpan<int> targets, MatrixView featureGradient)
    {
        Reserve(targets.Length);
        targets.CopyTo(this.targets);
        packedFeatures!.PackColumns(features.RowRange(0, width).Transposed, 0);
        workers.Run(workers.Count, logitPart);
        JoinGreatest();
        foreach (var part in findings) part.Clear(width);
        workers.Run(workers.Count, powerPart);
        var loss = JoinSums();

        matrixGradient.Clear();
        biasGradient.Clear();
        Select();
        workers.Run(workers.Count, gatherPart);
        for (var position = 0; position < count; position++)
        {
            var slot = matrixGradient.SlotOf(targets[position]);
            selectedRoom[(slot * width) + position] -= 1f / count;
            biasGradient.RowOf(slot)[0] -= 1f / count;
        }
        var (logitGradients, rows) = (new MatrixView(selectedRoom, Selected, width), new MatrixView(rowsRoom, Selected, output.Columns));
        MatrixProduct.Multiply(logitGradients, features.RowRange(0, width), matrixGradient.FirstRows(Selected), accumulate: false, workers);
        MatrixProduct.Multiply(logitGradients.ColumnRange(0, count).Transposed, rows, featureGradient, accumulate: false, workers);
        return loss;
    }

    /// <summary>Logits, and the greatest of each position among the words of a part.</summary>
    private void LogitPart(int part)
    {
        findings[part].Begin(width);
        var (start, words) = Partition.Share(output.Rows, part, workers.Count, WordGranularity);
        for (var first = start; first < start + words; first += TileWords)
        {
            var tile = TileOf(first, Math.Min(TileWords, start + words - first));
            MatrixProduct.MultiplyColumns(output.RowRange(first, tile.Rows), packedFeatures!, 0, tile, accumulate: false, Workers.Single);
            AddBias(tile.Elements, outputBias.AsSpan(first, tile.Rows));
            LogitColumns.RaiseMaxima(tile.Elements, zeros.AsSpan(0, tile.Rows), findings[part].Greatest.AsSpan(0, width));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddBias(Span<float> logits, ReadOnlySpan<float> bias)
    {
        for (var row = 0; row < bias.Length; row++)
        {
            var added = new Vector<float>(bias[row]);
            var values = logits.Slice(row * width, width);
            for (var i = 0; i < width; i += SpanVectors.Count) SpanVectors.Store(SpanVectors.Load(values, i) + added, values, i);
        }
    }

    private void JoinGreatest()
    {
        greatest.AsSpan(0, width).Fill(float.NegativeInfinity);
        for (var position = 0; position < width; position++)
        {
            foreach (var part in findings) greatest[position] = Math.Max(greatest[position], part.Greatest[position]);
        }
        targetLogits.AsSpan().Fill(float.PositiveInfinity);
        for (var position = 0; position < count; position++)
        {
            targetLogits[position] = room[(targets[position] * width) + position];
            ranks[position] = 0;
        }
    }

    /// <summary>Ranks of the targets, powers in the place of logits, and their sums.</summary>
    private void PowerPart(int part)
    {
        var own = findings[part];
        var (start, words) = Partition.Share(output.Rows, part, workers.Count, WordGranularity);
        for (var first = start; first < start + words; first += TileWords)
        {
            var tile = TileOf(first, Math.Min(TileWords, start + words - first));
            CountAbove(tile, own.Above);
            CountEqual(tile, first, own.Above);
            LogitColumns.ExponentiateAndSum(tile.Elements, zeros.AsSpan(0, tile.Rows), greatest.AsSpan(0, width), own.TileSums.AsSpan(0, width));
            for (var position = 0; position < width; position++) own.Sums[position] += own.TileSums[position];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CountAbove(MatrixView tile, int[] above)
    {
        for (var column = 0; column < width; column += Vector<float>.Count)
        {
            var limits = new Vector<float>(targetLogits.AsSpan(column));
            var counts = new Vector<int>(above.AsSpan(column));
            for (var place = tile.Offset + column; place < tile.Offset + (tile.Rows * width); place += width)
                counts -= Vector.GreaterThan(new Vector<float>(tile.Values, place), limits);
            counts.CopyTo(above.AsSpan(column));
        }
    }

    // Of words as probable as a target those of lower id come first; there hardly ever are any.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CountEqual(MatrixView tile, int first, int[] above)
    {
        for (var position = 0; position < count; position++)
        {
            var target = targets[position];
            if (target < first) continue;
            var rows = Math.Min(tile.Rows, target - first);
            for (int row = 0, place = tile.Offset + position; row < rows; row++, place += width)
                if (tile.Values[place] == targetLogits[position]) above[position]++;
        }
    }

    private double JoinSums()
    {
        var loss = 0.0;
        factors.AsSpan(0, width).Clear();
        for (var position = 0; position < count; position++)
        {
            var sum = 0.0;
            foreach (var part in findings)
            {
                sum += part.Sums[position];
                ranks[position] += part.Above[position];
            }
            var normalizer = greatest[position] + Math.Log(sum);
            if (!double.IsFinite(normalizer)) throw Normalizer.Overflow();
            factors[position] = (float)(1 / sum);
            logProbabilities[position] = Math.Min(0, targetLogits[position] - normalizer);
            loss -= logProbabilities[position];
        }
        return loss;
    }

    /// <summary>Chooses the words that have a gradient.</summary>
    private void Select()
    {
        workers.Run(workers.Count, selectPart);
        foreach (var part in expected) Include(CollectionsMarshal.AsSpan(part));
        Include(targets.AsSpan(0, count));
        if (selectedRoom.Length < Selected * width) selectedRoom = new float[Grown(Selected) * width];
        if (rowsRoom.Length < Selected * output.Columns) rowsRoom = new float[Grown(Selected) * output.Columns];
    }

    private void Include(ReadOnlySpan<int> words)
    {
        matrixGradient.Include(words);
        biasGradient.Include(words);
    }

    private int Grown(int words) => Math.Min(output.Rows, words + (words / 2));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SelectPart(int part)
    {
        var own = expected[part];
        own.Clear();
        var (start, words) = Partition.Share(output.Rows, part, workers.Count, WordGranularity);
        var factor = factors.AsSpan(0, width);
        for (var word = start; word < start + words; word++)
        {
            if (VectorFunctions.Dot(room.AsSpan(word * width, width), factor) >= leastMass) own.Add(word);
        }
    }

    /// <summary>The gradients of the logits of the words that have one, targets apart, and these words' rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void GatherPart(int part)
    {
        var (start, words) = Partition.Share(Selected, part, workers.Count);
        var scale = 1f / count;
        for (var slot = start; slot < start + words; slot++)
        {
            var word = matrixGradient.WordOf(slot);
            var gradients = selectedRoom.AsSpan(slot * width, width);
            VectorFunctions.Multiply(room.AsSpan(word * width, width), factors.AsSpan(0, width), gradients);
            VectorFunctions.Scale(scale, gradients);
            biasGradient.RowOf(slot)[0] = (float)VectorFunctions.Sum(gradients);
            output.Row(word).CopyTo(rowsRoom.AsSpan(slot * output.Columns));
        }
    }

    private MatrixView TileOf(int first, int words) => new(room, first * width, words, width, width);

    private void Reserve(int positions)
    {
        count = positions;
        if (width == RowsFor(positions)) return;
        width = RowsFor(positions);
        packedFeatures = new PackedMatrix(output.Columns, width);
        if (greatest.Length >= width) return;
        targets = new int[width];
        targetLogits = new float[width];
        greatest = new float[width];
        factors = new float[width];
        logProbabilities = new double[width];
        ranks = new int[width];
        room = new float[checked(output.Rows * width)];
    }

    /// <summary>What one thread finds out about every position.</summary>
    private sealed class PartFindings
    {
        public float[] Greatest = [];
        public float[] TileSums = [];
        public double[] Sums = [];
        public int[] Above = [];

        public void Begin(int width)
        {
            if (Greatest.Length < width) (Greatest, TileSums, Sums, Above) = (new float[width], new float[width], new double[width], new int[width]);
            Greatest.AsSpan().Fill(float.NegativeInfinity);
        }

        public void Clear(int width)
        {
            Sums.AsSpan(0, width).Clear();
            Above.AsSpan(0, width).Clear();
        }
    }
}
