using System.Buffers;
using RnnLm.Numerics;

namespace RnnLm.Inference;

/// <summary>A softmax over the whole vocabulary: <c>p = softmax(W_o h + b_o)</c>.</summary>
/// <param name="matrix">The output matrix: <c>[vocabulary, output]</c>.</param>
/// <param name="bias">The output bias: <c>[vocabulary]</c>.</param>
internal sealed class SoftmaxLayer(WeightMatrix matrix, float[] bias) : OutputLayer
{
    /// <summary>The greatest number of words of a tile: with a hundred states its logits stay in a second-level cache.</summary>
    public const int TileWidth = 512;

    /// <summary>The output matrix: <c>[vocabulary, output]</c>.</summary>
    public WeightMatrix Matrix => matrix;

    public override int Words => matrix.Rows;

    public override void Logits(ReadOnlySpan<float> hidden, Span<float> destination)
    {
        bias.CopyTo(destination);
        matrix.MultiplyAdd(hidden, destination);
    }

    public override void Logits(MatrixView hidden, ILogitReceiver receiver)
    {
        var room = ArrayPool<float>.Shared.Rent(hidden.Rows * Math.Min(TileWidth, Words));
        for (var start = 0; start < Words; start += TileWidth) receiver.Take(0, start, Tile(hidden, start, Words, room));
        ArrayPool<float>.Shared.Return(room);
    }

    /// <summary>The logit of one word.</summary>
    /// <param name="hidden">The hidden state: <c>[output]</c>.</param>
    /// <param name="word">The word.</param>
    public float Logit(ReadOnlySpan<float> hidden, int word) => matrix.Dot(word, hidden) + bias[word];

    /// <summary>The logits of some words after many hidden states: <c>[n, words of the tile]</c>.</summary>
    /// <param name="hidden">The hidden states, one to a row: <c>[n, output]</c>.</param>
    /// <param name="start">The first word, a multiple of <see cref="TileWidth"/>.</param>
    /// <param name="end">The end of the words wanted; a tile has at most <see cref="TileWidth"/> of them.</param>
    /// <param name="room">Where the logits are written.</param>
    public MatrixView Tile(MatrixView hidden, int start, int end, float[] room)
    {
        var logits = new MatrixView(room, hidden.Rows, Math.Min(TileWidth, end - start));
        for (var i = 0; i < logits.Rows; i++) bias.AsSpan(start, logits.Columns).CopyTo(logits.Row(i));
        matrix.MultiplyAdd(hidden, start, logits);
        return logits;
    }
}
