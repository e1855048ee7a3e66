using System.Buffers;
using RnnLm.Numerics;

namespace RnnLm.Inference;

/// <summary>A softmax over the whole vocabulary, or over a part of it: <c>p = softmax(W_o h + b_o)</c>.</summary>
/// <param name="matrix">The output matrix: <c>[vocabulary, output]</c>.</param>
/// <param name="bias">The output bias: <c>[vocabulary]</c>.</param>
internal sealed class SoftmaxLayer(WeightMatrix matrix, float[] bias) : OutputLayer
{
    // The greatest number of words of a tile: with a hundred states its logits stay in a second-level cache.
    private const int TileWidth = 512;

    /// <summary>The output matrix: <c>[vocabulary, output]</c>.</summary>
    public WeightMatrix Matrix => matrix;

    public override int Words => matrix.Rows;

    public override void Logits(ReadOnlySpan<float> hidden, Span<float> destination)
    {
        bias.CopyTo(destination);
        matrix.MultiplyAdd(hidden, destination);
    }

    public override void Logits(MatrixView hidden, ILogitReceiver receiver) => Logits(hidden, Words, receiver);

    /// <summary>The logits of some words, from the first on.</summary>
    /// <param name="hidden">The hidden states, one to a row: <c>[n, output]</c>.</param>
    /// <param name="end">The end of the words.</param>
    /// <param name="receiver">What takes the tiles.</param>
    public void Logits(MatrixView hidden, int end, ILogitReceiver receiver)
    {
        // The product with one state reads the matrix at one go: other threads help with that, where it is large.
        var isSingle = hidden.Rows == 1;
        var room = ArrayPool<float>.Shared.Rent(isSingle ? Words : hidden.Rows * Math.Min(TileWidth, end));
        if (isSingle) Logits(hidden.Row(0), room.AsSpan(0, Words));
        for (var start = 0; start < end; start += TileWidth)
        {
            var count = Math.Min(TileWidth, end - start);
            receiver.Take(0, start, isSingle ? new MatrixView(room, start, 1, count, count) : Tile(hidden, start, count, room));
        }
        ArrayPool<float>.Shared.Return(room);
    }

    /// <summary>The logits of some words after many hidden states: <c>[n, words of the tile]</c>.</summary>
    /// <param name="hidden">The hidden states, one to a row: <c>[n, output]</c>.</param>
    /// <param name="start">The first word, a multiple of <see cref="PackedMatrix.PanelWidth"/>.</param>
    /// <param name="count">The number of words.</param>
    /// <param name="room">Where the logits are written.</param>
    public MatrixView Tile(MatrixView hidden, int start, int count, float[] room)
    {
        var logits = new MatrixView(room, hidden.Rows, count);
        for (var i = 0; i < logits.Rows; i++) bias.AsSpan(start, count).CopyTo(logits.Row(i));
        matrix.MultiplyAdd(hidden, start, logits);
        return logits;
    }

    public override WordScorer CreateScorer(int capacity) => new SoftmaxScorer(this, capacity);
}
