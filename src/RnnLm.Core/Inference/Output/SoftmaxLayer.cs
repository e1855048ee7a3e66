using System.Buffers;
using RnnLm.Numerics;

namespace RnnLm.Inference;

/// <summary>A softmax over the whole vocabulary, or over a part of it: <c>p = softmax(W_o h + b_o)</c>.</summary>
/// <param name="matrix">The output matrix: <c>[vocabulary, output]</c>.</param>
/// <param name="bias">The output bias: <c>[vocabulary]</c>.</param>
internal sealed class SoftmaxLayer(WeightMatrix matrix, float[] bias) : OutputLayer
{
    // Of so many states at once that the product runs at its full speed, and no more than stay in a third-level cache: 4 MiB.
    private const int MostLogits = 1 << 20;

    /// <summary>The output matrix: <c>[vocabulary, output]</c>.</summary>
    public WeightMatrix Matrix => matrix;

    public override int Words => matrix.Rows;

    public override void Logits(ReadOnlySpan<float> hidden, Span<float> destination)
    {
        bias.CopyTo(destination);
        matrix.MultiplyAdd(hidden, destination);
    }

    /// <summary>The <see cref="Logits(ReadOnlySpan{float}, Span{float})"/> of many hidden states, with the bits that each has alone.</summary>
    /// <param name="hidden">The hidden states, one to a row: <c>[n, output]</c>.</param>
    /// <param name="work">What takes them, one state after the other.</param>
    public void Logits(MatrixView hidden, LogitWork work)
    {
        var statesAtOnce = Math.Clamp(MostLogits / Words, 1, Math.Max(1, hidden.Rows));
        var room = ArrayPool<float>.Shared.Rent(statesAtOnce * Words);
        for (var start = 0; start < hidden.Rows; start += statesAtOnce)
        {
            var logits = new MatrixView(room, Math.Min(statesAtOnce, hidden.Rows - start), Words);
            for (var i = 0; i < logits.Rows; i++) bias.CopyTo(logits.Row(i));
            matrix.MultiplyAdd(hidden.RowRange(start, logits.Rows), logits);
            for (var i = 0; i < logits.Rows; i++) work(start + i, logits.Row(i));
        }
        ArrayPool<float>.Shared.Return(room);
    }

    public override void LogProbabilitiesOfBest(MatrixView hidden, int count, LogitWork work)
        => Logits(hidden, (state, logits) =>
        {
            VectorFunctions.Subtract(Normalizer.Of(logits), logits);
            work(state, logits);
        });

    public override void Distributions(MatrixView hidden, DistributionWork work)
        => Logits(hidden, (state, logits) => work(state, logits, Normalizer.Of(logits)));

    public override WordScorer CreateScorer(int capacity) => new SoftmaxScorer(this);
}
