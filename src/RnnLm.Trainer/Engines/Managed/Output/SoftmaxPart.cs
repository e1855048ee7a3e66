using System.Numerics;
using RnnLm.Networks;
using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary>
/// A run of the vocabulary that one thread owns: its logits, its share of the normalizer, and its rows of the output matrix and of
/// their gradient. Logits lie with a word to a row, so that a vector holds one word at several positions; the work goes by tiles of
/// words that stay in the core's cache.
/// </summary>
internal sealed class SoftmaxPart
{
    private const int TileWords = 240;

    private readonly Parameter output;
    private readonly Parameter outputBias;
    private readonly int firstWord;
    private readonly int words;
    private readonly PackedMatrix[] tiles; // the output matrix: [words of the tile, size]
    private readonly float[] logits; // [words, width]; after Normalize e^(logit - maximum), at last their gradients
    private readonly float[] tileSums;
    private readonly float[] factors;

    /// <param name="weights">The network.</param>
    /// <param name="part">The part, from 0.</param>
    /// <param name="parts">The number of parts.</param>
    /// <param name="capacity">The greatest number of positions at a time.</param>
    public SoftmaxPart(NetworkWeights weights, int part, int parts, int capacity)
    {
        output = weights.Output;
        outputBias = weights.OutputBias;
        (firstWord, words) = Partition.Share(output.Rows, part, parts, granularity: 24);
        tiles = [.. Enumerable.Range(0, (words + TileWords - 1) / TileWords)
            .Select(tile => new PackedMatrix(TileSize(tile), output.Columns))];
        logits = new float[checked(words * capacity)];
        tileSums = new float[capacity];
        factors = new float[capacity];
        Maxima = new float[capacity];
        Sums = new double[capacity];
    }

    /// <summary>The greatest logit among this part's words, for each position.</summary>
    public float[] Maxima { get; }

    /// <summary>The sum of <c>e^(logit - maximum)</c> over this part's words, for each position.</summary>
    public double[] Sums { get; }

    /// <summary>Lays out the output matrix for the way back, as it is now.</summary>
    public void Pack()
    {
        for (var tile = 0; tile < tiles.Length; tile++) tiles[tile].Pack(TileOf(new MatrixView(output), tile));
    }

    /// <summary>Computes the part's logits, their maxima and sums, and notes the logits of the targets among its words.</summary>
    public void Forward(SoftmaxChunk chunk)
    {
        var maxima = Maxima.AsSpan(0, chunk.Width);
        maxima.Fill(float.NegativeInfinity);
        for (var tile = 0; tile < tiles.Length; tile++)
        {
            var tileLogits = LogitsOf(tile, chunk.Width);
            MatrixProduct.MultiplyColumns(
                TileOf(new MatrixView(output), tile), chunk.TransposedFeatures, 0, tileLogits, accumulate: false, Workers.Single);
            for (var row = 0; row < tileLogits.Rows; row++)
                AddBias(tileLogits.Row(row), outputBias.Values[firstWord + tile * TileWords + row], maxima);
        }

        for (var position = 0; position < chunk.Count; position++)
        {
            var row = chunk.Targets[position] - firstWord;
            if (row >= 0 && row < words) chunk.TargetLogits[position] = logits[row * chunk.Width + position];
        }

        var sums = Sums.AsSpan(0, chunk.Width);
        sums.Clear();
        for (var tile = 0; tile < tiles.Length; tile++)
        {
            var tileLogits = LogitsOf(tile, chunk.Width);
            var inTile = tileSums.AsSpan(0, chunk.Width);
            inTile.Clear();
            for (var row = 0; row < tileLogits.Rows; row++) ExponentiateAndAdd(tileLogits.Row(row), maxima, inTile);
            for (var position = 0; position < sums.Length; position++) sums[position] += inTile[position];
        }
    }

    /// <summary>Computes the gradients of the mean loss from what <see cref="Forward"/> left and from the common normalizers.</summary>
    /// <param name="chunk">The positions.</param>
    /// <param name="scale">One over the number of targets of the whole window.</param>
    /// <param name="gradients">Receives the gradients of the part's rows.</param>
    /// <param name="featureGradients">Receives the part's share of the features' gradients: <c>[width, size]</c>.</param>
    public void Backward(SoftmaxChunk chunk, float scale, SoftmaxGradients gradients, MatrixView featureGradients)
    {
        var toProbability = factors.AsSpan(0, chunk.Width);
        toProbability.Clear();
        for (var position = 0; position < chunk.Count; position++)
            toProbability[position] = (float)(scale * Math.Exp(Maxima[position] - chunk.LogNormalizers[position]));
        if (tiles.Length == 0) ClearRows(featureGradients);

        for (var tile = 0; tile < tiles.Length; tile++)
        {
            var tileGradients = LogitsOf(tile, chunk.Width);
            for (var row = 0; row < tileGradients.Rows; row++)
            {
                var values = tileGradients.Row(row);
                VectorFunctions.Multiply(values, toProbability, values);
            }
            SubtractTargets(chunk, tile, scale);

            var biases = gradients.Bias.Values.Slice(firstWord + tile * TileWords, tileGradients.Rows);
            for (var row = 0; row < tileGradients.Rows; row++)
            {
                var sum = SumOf(tileGradients.Row(row));
                biases[row] = chunk.Start == 0 ? sum : biases[row] + sum;
            }
            MatrixProduct.Multiply(
                tileGradients, chunk.Features, TileOf(gradients.Matrix.Matrix, tile), accumulate: chunk.Start > 0, Workers.Single);
            MatrixProduct.Multiply(tileGradients.Transposed, tiles[tile], featureGradients, accumulate: tile > 0, Workers.Single);
        }
    }

    private static void AddBias(Span<float> logits, float bias, Span<float> maxima)
    {
        var added = new Vector<float>(bias);
        for (var i = 0; i < logits.Length; i += Lanes.Count)
        {
            var logit = Lanes.Load(logits, i) + added;
            Lanes.Store(logit, logits, i);
            Lanes.Store(Vector.MaxNative(Lanes.Load(maxima, i), logit), maxima, i);
        }
    }

    private static void ExponentiateAndAdd(Span<float> logits, ReadOnlySpan<float> maxima, Span<float> sums)
    {
        for (var i = 0; i < logits.Length; i += Lanes.Count)
            Lanes.Store(Lanes.Load(logits, i) - Lanes.Load(maxima, i), logits, i);
        VectorFunctions.Exp(logits, logits);
        VectorFunctions.Add(logits, sums, sums);
    }

    private static float SumOf(ReadOnlySpan<float> values)
    {
        var sum = Vector<float>.Zero;
        for (var i = 0; i < values.Length; i += Lanes.Count) sum += Lanes.Load(values, i);
        return Vector.Sum(sum);
    }

    private static void ClearRows(MatrixView matrix)
    {
        for (var row = 0; row < matrix.Rows; row++) matrix.Row(row).Clear();
    }

    private void SubtractTargets(SoftmaxChunk chunk, int tile, float scale)
    {
        var first = tile * TileWords;
        for (var position = 0; position < chunk.Count; position++)
        {
            var row = chunk.Targets[position] - firstWord;
            if (row >= first && row < first + TileSize(tile)) logits[row * chunk.Width + position] -= scale;
        }
    }

    private int TileSize(int tile) => Math.Min(TileWords, words - tile * TileWords);

    private MatrixView TileOf(MatrixView rows, int tile) => rows.RowRange(firstWord + tile * TileWords, TileSize(tile));

    private MatrixView LogitsOf(int tile, int width) => new(logits, tile * TileWords * width, TileSize(tile), width, width);
}
