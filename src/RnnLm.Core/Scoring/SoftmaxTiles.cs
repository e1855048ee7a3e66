using RnnLm.Inference;
using RnnLm.Numerics;

namespace RnnLm.Scoring;

/// <summary>
/// A softmax, which may be over a part of a vocabulary, at many positions: its normalizers, and how many of its entries are above a limit. It
/// goes by tiles of the entries, so that <c>[positions, entries]</c> is never written out.
/// </summary>
/// <param name="softmax">The softmax.</param>
internal sealed class SoftmaxTiles(SoftmaxLayer softmax)
{
    private readonly float[] room = new float[BlockPrediction.BlockLength * Math.Min(SoftmaxLayer.TileWidth, softmax.Words)];
    private readonly LogNormalizers running = new(BlockPrediction.BlockLength);

    /// <summary>The number of entries.</summary>
    public int Entries => softmax.Words;

    /// <summary>The logit of one entry at one position.</summary>
    public float Logit(ReadOnlySpan<float> features, int entry) => softmax.Logit(features, entry);

    /// <summary>The logarithm of the sum of <c>e^logit</c> over all entries, for each position.</summary>
    /// <param name="features">The features: <c>[positions, size]</c>.</param>
    /// <param name="normalizers">Receives them.</param>
    public void Normalize(MatrixView features, Span<double> normalizers)
    {
        running.Clear(features.Rows);
        for (var start = 0; start < softmax.Words; start += SoftmaxLayer.TileWidth)
            running.Add(0, softmax.Tile(features, start, softmax.Words, room));
        for (var i = 0; i < features.Rows; i++) normalizers[i] = running.Of(i);
    }

    /// <summary>Adds to the rank of each position how many entries come before a word.</summary>
    /// <param name="features">The features: <c>[positions, size]</c>.</param>
    /// <param name="entries">How many entries to count among, from the first on.</param>
    /// <param name="limits">The word's logit, in terms of this softmax, for each position.</param>
    /// <param name="places">The word's entry; −1 where it comes before all entries, and any number beyond the last where it comes after them.</param>
    /// <param name="ranks">What is added to.</param>
    public void CountBefore(MatrixView features, int entries, ReadOnlySpan<float> limits, ReadOnlySpan<int> places, Span<int> ranks)
    {
        for (var start = 0; start < entries; start += SoftmaxLayer.TileWidth)
        {
            var logits = softmax.Tile(features, start, entries, room);
            for (var i = 0; i < logits.Rows; i++) ranks[i] += Rank.Before(places[i] - start, limits[i], logits.Row(i));
        }
    }
}
