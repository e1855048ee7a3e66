using RnnLm.Inference;
using RnnLm.Numerics;

namespace RnnLm.Scoring;

/// <summary>Predicts words from hidden states, a block of positions at a time. It has working room, so it belongs to one thread.</summary>
internal interface IBlockPrediction
{
    /// <summary>Makes the one that goes with an output layer.</summary>
    static IBlockPrediction Create(OutputLayer output) => output switch
    {
        AdaptiveSoftmaxLayer adaptive => new AdaptiveBlockPrediction(adaptive),
        SoftmaxLayer full => new BlockPrediction(full),
        _ => throw new ArgumentException($"Nothing predicts blocks from a {output.GetType().Name}.", nameof(output)),
    };

    /// <summary>Compares words with what is predicted from hidden states.</summary>
    /// <param name="states">The states: <c>[words, output]</c>, at most <see cref="BlockPrediction.BlockLength"/> rows.</param>
    /// <param name="targets">The words' ids.</param>
    BlockPrediction.Result Compare(MatrixView states, ReadOnlySpan<int> targets);
}
