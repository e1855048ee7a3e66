using RnnLm.Networks;
using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary>
/// A run of the vocabulary that one thread owns: its logits, its share of the normalizer, and its rows of the output matrix and of
/// their gradient. Logits lie with a word to a row, so that a vector holds one word at several positions. The work goes by tiles of
/// words, and all that is done with a tile is done while it is in the core's cache.
/// </summary>
internal sealed class SoftmaxPart
{
    private const int TileWords = 240;

    private readonly Parameter output;
    private readonly Parameter outputBias;
    private readonly int firstWord;
    private readonly int words;
    private readonly int capacity;
    private readonly PackedMatrix[] packedTiles; // of the output matrix: [words of the tile, size]
    private readonly float[] tileMaxima; // [tiles, capacity]: the greatest logit so far, which the tile's powers are relative to
    private readonly float[] tileSums;
    private readonly float[] partFactors;
    private readonly float[] tileFactors;
    private readonly float[] tile; // [words of a tile, width]
    private float[] powers = []; // [words, width]: e^(logit - maximum), kept for the way back

    /// <param name="weights">The network.</param>
    /// <param name="part">The part, from 0.</param>
    /// <param name="parts">The number of parts.</param>
    /// <param name="capacity">The greatest number of positions at a time.</param>
    public SoftmaxPart(NetworkWeights weights, int part, int parts, int capacity)
    {
        this.capacity = capacity;
        output = weights.Output;
        outputBias = weights.OutputBias;
        (firstWord, words) = Partition.Share(output.Rows, part, parts, granularity: 24);
        packedTiles = [.. Enumerable.Range(0, (words + TileWords - 1) / TileWords)
            .Select(index => new PackedMatrix(TileSize(index), output.Columns))];
        tileMaxima = new float[packedTiles.Length * capacity];
        tileSums = new float[capacity];
        partFactors = new float[capacity];
        tileFactors = new float[capacity];
        tile = new float[Math.Min(words, TileWords) * capacity];
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
        for (var index = 0; index < packedTiles.Length; index++) packedTiles[index].Pack(TileOf(new MatrixView(output), index));
    }

    /// <summary>Computes the part's maxima and sums, and notes the logits of the targets among its words.</summary>
    /// <param name="chunk">The positions.</param>
    /// <param name="forTraining">Whether to keep what the way back needs.</param>
    public void Forward(SoftmaxChunk chunk, bool forTraining)
    {
        var width = chunk.Width;
        var maxima = Maxima.AsSpan(0, width);
        maxima.Fill(float.NegativeInfinity);
        Sums.AsSpan(0, width).Clear();
        if (forTraining && powers.Length == 0) powers = new float[checked(words * capacity)];

        for (var index = 0; index < packedTiles.Length; index++)
        {
            var logits = forTraining ? PowersOf(index, width) : new MatrixView(tile, TileSize(index), width);
            MatrixProduct.MultiplyColumns(
                TileOf(new MatrixView(output), index), chunk.TransposedFeatures, 0, logits, accumulate: false, Workers.Single);

            var values = logits.Values.AsSpan(logits.Offset, logits.Rows * width);
            var bias = outputBias.Values.AsSpan(firstWord + index * TileWords, logits.Rows);
            NoteTargets(chunk, index, values, bias);

            var maximaOfTile = tileMaxima.AsSpan(index * capacity, width);
            maxima.CopyTo(maximaOfTile);
            SoftmaxKernel.RaiseMaxima(values, bias, maximaOfTile);
            SoftmaxKernel.ExponentiateAndSum(values, bias, maximaOfTile, tileSums.AsSpan(0, width));
            AddSums(maximaOfTile);
        }
    }

    /// <summary>Computes the gradients of the mean loss from what <see cref="Forward"/> left and from the common normalizers.</summary>
    /// <param name="chunk">The positions.</param>
    /// <param name="scale">One over the number of targets of the whole window.</param>
    /// <param name="gradients">Receives the gradients of the part's rows.</param>
    /// <param name="featureGradients">Receives the part's share of the features' gradients: <c>[width, size]</c>.</param>
    public void Backward(SoftmaxChunk chunk, float scale, SoftmaxGradients gradients, MatrixView featureGradients)
    {
        var width = chunk.Width;
        var factors = partFactors.AsSpan(0, width);
        factors.Clear();
        for (var position = 0; position < chunk.Count; position++)
            factors[position] = (float)(scale * Math.Exp(Maxima[position] - chunk.LogNormalizers[position]));
        if (packedTiles.Length == 0) ClearRows(featureGradients);

        for (var index = 0; index < packedTiles.Length; index++)
        {
            var tilePowers = PowersOf(index, width);
            var logitGradients = new MatrixView(tile, tilePowers.Rows, width);
            SoftmaxKernel.ScaleColumns(
                powers.AsSpan(tilePowers.Offset), tilePowers.Rows, FactorsOf(index, factors), logitGradients.Values);
            SubtractTargets(chunk, index, scale);

            var bias = gradients.Bias.Values.Slice(firstWord + index * TileWords, tilePowers.Rows);
            for (var row = 0; row < bias.Length; row++)
            {
                var sum = (float)VectorFunctions.Sum(logitGradients.Row(row));
                bias[row] = chunk.Start == 0 ? sum : bias[row] + sum;
            }
            MatrixProduct.Multiply(
                logitGradients, chunk.Features, TileOf(gradients.Matrix.Matrix, index), accumulate: chunk.Start > 0, Workers.Single);
            MatrixProduct.Multiply(
                logitGradients.Transposed, packedTiles[index], featureGradients, accumulate: index > 0, Workers.Single);
        }
    }

    private void NoteTargets(SoftmaxChunk chunk, int index, ReadOnlySpan<float> logits, ReadOnlySpan<float> bias)
    {
        var first = firstWord + index * TileWords;
        for (var position = 0; position < chunk.Count; position++)
        {
            var row = chunk.Targets[position] - first;
            if ((uint)row < (uint)bias.Length) chunk.TargetLogits[position] = logits[row * chunk.Width + position] + bias[row];
        }
    }

    // Adds a tile's sums, which are relative to its maxima, to the part's, and makes its maxima the part's.
    private void AddSums(ReadOnlySpan<float> maximaOfTile)
    {
        for (var position = 0; position < maximaOfTile.Length; position++)
        {
            if (maximaOfTile[position] != Maxima[position])
            {
                Sums[position] *= Math.Exp(Maxima[position] - (double)maximaOfTile[position]);
                Maxima[position] = maximaOfTile[position];
            }
            Sums[position] += tileSums[position];
        }
    }

    // What makes a tile's powers gradients: the part's factors, corrected where a later tile has raised the maximum.
    private ReadOnlySpan<float> FactorsOf(int index, ReadOnlySpan<float> factors)
    {
        var maximaOfTile = tileMaxima.AsSpan(index * capacity, factors.Length);
        for (var position = 0; position < factors.Length; position++)
        {
            var behind = maximaOfTile[position] - Maxima[position];
            tileFactors[position] = behind == 0 ? factors[position] : factors[position] * MathF.Exp(behind);
        }
        return tileFactors.AsSpan(0, factors.Length);
    }

    private void SubtractTargets(SoftmaxChunk chunk, int index, float scale)
    {
        var first = firstWord + index * TileWords;
        for (var position = 0; position < chunk.Count; position++)
        {
            var row = chunk.Targets[position] - first;
            if ((uint)row < (uint)TileSize(index)) tile[row * chunk.Width + position] -= scale;
        }
    }

    private int TileSize(int index) => Math.Min(TileWords, words - index * TileWords);

    private MatrixView TileOf(MatrixView rows, int index) => rows.RowRange(firstWord + index * TileWords, TileSize(index));

    private MatrixView PowersOf(int index, int width) => new(powers, index * TileWords * width, TileSize(index), width, width);

    private static void ClearRows(MatrixView matrix)
    {
        for (var row = 0; row < matrix.Rows; row++) matrix.Row(row).Clear();
    }
}
