using System.Buffers;
using RnnLm.Numerics;

namespace RnnLm.Inference;

/// <summary>A softmax over the whole vocabulary: <c>p = softmax(W_o h + b_o)</c>.</summary>
/// <param name="matrix">The output matrix: <c>[vocabulary, output]</c>.</param>
/// <param name="bias">The output bias: <c>[vocabulary]</c>.</param>
internal sealed class SoftmaxLayer(WeightMatrix matrix, float[] bias) : OutputLayer
{
    // Words of a tile: with a hundred states its logits stay in a second-level cache.
    private const int TileWidth = 512;

    /// <summary>The output matrix: <c>[vocabulary, output]</c>.</summary>
    public WeightMatrix Matrix => matrix;

    /// <summary>The output bias: <c>[vocabulary]</c>.</summary>
    public ReadOnlySpan<float> Bias => bias;

    public override int Words => matrix.Rows;

    public override void Logits(ReadOnlySpan<float> hidden, Span<float> destination)
    {
        bias.CopyTo(destination);
        matrix.MultiplyAdd(hidden, destination);
    }

    public override void Logits(MatrixView hidden, ILogitReceiver receiver)
    {
        var room = ArrayPool<float>.Shared.Rent(hidden.Rows * Math.Min(TileWidth, Words));
        for (var start = 0; start < Words; start += TileWidth)
        {
            // logits: [n, words of the tile]
            var logits = new MatrixView(room, hidden.Rows, Math.Min(TileWidth, Words - start));
            for (var i = 0; i < logits.Rows; i++) bias.AsSpan(start, logits.Columns).CopyTo(logits.Row(i));
            matrix.MultiplyAdd(hidden, start, logits);
            receiver.Take(0, start, logits);
        }
        ArrayPool<float>.Shared.Return(room);
    }
}
