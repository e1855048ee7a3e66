using RnnLm.Inference;
using RnnLm.Numerics;

namespace RnnLm.Scoring;

/// <summary>
/// Predicts words from hidden states, many positions in one matrix product and the vocabulary in tiles, so that
/// <c>[positions, vocabulary]</c> is never written out. It has working room, so it belongs to one thread.
/// </summary>
/// <param name="output">The network's output layer.</param>
internal sealed class BlockPrediction(SoftmaxLayer output) : IBlockPrediction, ILogitReceiver
{
    /// <summary>The greatest number of positions at a time.</summary>
    public const int BlockLength = 128;

    private readonly LogNormalizers normalizers = new(BlockLength);
    private readonly int[] words = new int[BlockLength];
    private readonly float[] wordLogits = new float[BlockLength];
    private readonly int[] ranks = new int[BlockLength];

    /// <summary>What a block of words was worth.</summary>
    /// <param name="Loss">The sum of <c>−ln p</c>, in nats.</param>
    /// <param name="Best">How many words were the most probable.</param>
    /// <param name="AmongFive">How many words were among the five most probable.</param>
    public readonly record struct Result(double Loss, int Best, int AmongFive);

    public Result Compare(MatrixView states, ReadOnlySpan<int> targets)
    {
        targets.CopyTo(words);
        normalizers.Clear(targets.Length);
        ranks.AsSpan(0, targets.Length).Clear();
        for (var i = 0; i < targets.Length; i++) wordLogits[i] = output.Logit(states.Row(i), targets[i]);
        output.Logits(states, this);

        double loss = 0;
        int best = 0, amongFive = 0;
        for (var i = 0; i < targets.Length; i++)
        {
            loss += normalizers.Of(i) - wordLogits[i];
            if (ranks[i] == 0) best++;
            if (ranks[i] < 5) amongFive++;
        }
        return new Result(loss, best, amongFive);
    }

    void ILogitReceiver.Take(int firstState, int firstWord, MatrixView tile)
    {
        for (var i = 0; i < tile.Rows; i++)
        {
            var state = firstState + i;
            ranks[state] += Rank.Before(words[state] - firstWord, wordLogits[state], tile.Row(i));
        }
        normalizers.Add(firstState, tile);
    }
}
