using System.Numerics;
using RnnLm.Inference;
using RnnLm.Numerics;

namespace RnnLm.Evaluation;

/// <summary>
/// Predicts words from hidden states, many positions in one matrix product and the vocabulary in tiles, so that
/// <c>[positions, vocabulary]</c> is never written out. It has working room, so it belongs to one thread.
/// </summary>
/// <param name="output">The network's output layer.</param>
internal sealed class BlockPrediction(SoftmaxLayer output) : IBlockPrediction
{
    /// <summary>The greatest number of positions at a time.</summary>
    public const int BlockLength = 128;

    private const int TileWidth = 512;

    private readonly float[] tile = new float[BlockLength * TileWidth];
    private readonly float[] targetLogits = new float[BlockLength];
    private readonly float[] greatest = new float[BlockLength];
    private readonly double[] sums = new double[BlockLength];
    private readonly int[] ranks = new int[BlockLength];

    /// <summary>What a block of words was worth.</summary>
    /// <param name="Loss">The sum of <c>−ln p</c>, in nats.</param>
    /// <param name="Best">How many words were the most probable.</param>
    /// <param name="AmongFive">How many words were among the five most probable.</param>
    public readonly record struct Result(double Loss, int Best, int AmongFive);

    public Result Compare(MatrixView states, ReadOnlySpan<int> targets)
    {
        for (var i = 0; i < targets.Length; i++)
        {
            targetLogits[i] = output.Matrix.Dot(targets[i], states.Row(i)) + output.Bias[targets[i]];
            greatest[i] = float.NegativeInfinity;
            sums[i] = 0;
            ranks[i] = 0;
        }
        var words = output.Matrix.Rows;
        for (var start = 0; start < words; start += TileWidth)
            AddTile(states, targets, start, Math.Min(TileWidth, words - start));

        double loss = 0;
        int best = 0, amongFive = 0;
        for (var i = 0; i < targets.Length; i++)
        {
            loss += greatest[i] + Math.Log(sums[i]) - targetLogits[i];
            if (ranks[i] == 0) best++;
            if (ranks[i] < 5) amongFive++;
        }
        return new Result(loss, best, amongFive);
    }

    private void AddTile(MatrixView states, ReadOnlySpan<int> targets, int start, int width)
    {
        // logits: [words, width]
        var logits = new MatrixView(tile, targets.Length, width);
        for (var i = 0; i < targets.Length; i++) output.Bias.Slice(start, width).CopyTo(logits.Row(i));
        output.Matrix.MultiplyAdd(states, start, logits);

        for (var i = 0; i < targets.Length; i++)
        {
            var row = logits.Row(i);
            var target = targetLogits[i];
            var place = targets[i] - start;
            // The word itself, as it was worked out above: another order of summing would set it above or below itself.
            if ((uint)place < (uint)width) row[place] = target;
            // Of equally probable words the one of lower id comes first.
            var before = Math.Clamp(place, 0, width);
            ranks[i] += CountAtLeast(row[..before], target) + CountAbove(row[before..], target);

            var max = Math.Max(greatest[i], VectorFunctions.Max(row));
            sums[i] = (sums[i] * Math.Exp(greatest[i] - max)) + VectorFunctions.ExpAndSum(row, max);
            greatest[i] = max;
        }
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

    private static int CountAtLeast(ReadOnlySpan<float> values, float limit) => CountAbove(values, MathF.BitDecrement(limit));
}
