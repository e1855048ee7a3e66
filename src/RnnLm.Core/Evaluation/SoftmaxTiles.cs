using System.Numerics;
using RnnLm.Inference;
using RnnLm.Numerics;

namespace RnnLm.Evaluation;

/// <summary>
/// A softmax over the rows of a matrix, which may be a part of a vocabulary, at many positions: its normalizers, and how many rows are above a
/// limit. It goes by tiles of the rows, so that <c>[positions, rows]</c> is never written out.
/// </summary>
/// <param name="matrix">The matrix: <c>[rows, size]</c>.</param>
/// <param name="bias">A bias for each row.</param>
internal sealed class SoftmaxTiles(WeightMatrix matrix, float[] bias)
{
    private const int TileWidth = 512;

    private readonly float[] tile = new float[BlockPrediction.BlockLength * Math.Min(TileWidth, matrix.Rows)];
    private readonly float[] greatest = new float[BlockPrediction.BlockLength];
    private readonly double[] sums = new double[BlockPrediction.BlockLength];

    /// <summary>The number of rows.</summary>
    public int Rows => matrix.Rows;

    /// <summary>The logit of one row at one position.</summary>
    public float Logit(int row, ReadOnlySpan<float> features) => matrix.Dot(row, features) + bias[row];

    /// <summary>The logarithm of the sum of <c>e^logit</c> over all rows, for each position.</summary>
    /// <param name="features">The features: <c>[positions, size]</c>.</param>
    /// <param name="normalizers">Receives them.</param>
    public void Normalize(MatrixView features, Span<double> normalizers)
    {
        var count = features.Rows;
        greatest.AsSpan(0, count).Fill(float.NegativeInfinity);
        sums.AsSpan(0, count).Clear();
        for (var start = 0; start < matrix.Rows; start += TileWidth)
        {
            var logits = TileFrom(features, start, matrix.Rows);
            for (var i = 0; i < count; i++)
            {
                var row = logits.Row(i);
                var max = Math.Max(greatest[i], VectorFunctions.Max(row));
                sums[i] = (sums[i] * Math.Exp(greatest[i] - max)) + VectorFunctions.ExpAndSum(row, max);
                greatest[i] = max;
            }
        }
        for (var i = 0; i < count; i++) normalizers[i] = greatest[i] + Math.Log(sums[i]);
    }

    /// <summary>
    /// Adds to the rank of each position how many rows come before a word: those whose logits are above its own and, among the rows before its
    /// place, those whose logits equal it.
    /// </summary>
    /// <param name="features">The features: <c>[positions, size]</c>.</param>
    /// <param name="rows">How many rows to count among, from the first on.</param>
    /// <param name="limits">The word's logit, in terms of this softmax, for each position.</param>
    /// <param name="places">The word's row; −1 where it comes before all rows, and any number beyond the last where it comes after them.</param>
    /// <param name="ranks">What is added to.</param>
    public void CountBefore(MatrixView features, int rows, ReadOnlySpan<float> limits, ReadOnlySpan<int> places, Span<int> ranks)
    {
        for (var start = 0; start < rows; start += TileWidth)
        {
            var logits = TileFrom(features, start, rows);
            for (var i = 0; i < features.Rows; i++)
            {
                var row = logits.Row(i);
                var place = places[i] - start;
                // The word itself: another order of summing would set it above or below itself.
                if ((uint)place < (uint)row.Length) row[place] = limits[i];
                var before = Math.Clamp(place, 0, row.Length);
                ranks[i] += CountAbove(row[..before], MathF.BitDecrement(limits[i])) + CountAbove(row[before..], limits[i]);
            }
        }
    }

    /// <summary>The logits of some rows: <c>[positions, at most TileWidth]</c>.</summary>
    private MatrixView TileFrom(MatrixView features, int start, int end)
    {
        var width = Math.Min(TileWidth, end - start);
        var logits = new MatrixView(tile, features.Rows, width);
        for (var i = 0; i < features.Rows; i++) bias.AsSpan(start, width).CopyTo(logits.Row(i));
        matrix.MultiplyAdd(features, start, logits);
        return logits;
    }

    private static int CountAbove(ReadOnlySpan<float> values, float limit)
    {
        var limits = new Vector<float>(limit);
        var counts = Vector<int>.Zero;
        for (; values.Length >= Vector<float>.Count; values = values[Vector<float>.Count..])
            counts -= Vector.GreaterThan(new Vector<float>(values), limits);
        var count = Vector.Sum(counts);
        foreach (var value in values) if (value > limit) count++;
        return count;
    }
}
