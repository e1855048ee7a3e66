using RnnLm.Numerics;

namespace RnnLm.Inference;

/// <summary>Takes the logits of many hidden states as they are worked out, a tile of states and words at a time.</summary>
internal interface ILogitReceiver
{
    /// <summary>Takes one tile. A state's words come from the first to the last.</summary>
    /// <param name="firstState">The state of the tile's first row.</param>
    /// <param name="firstWord">The word of its first column.</param>
    /// <param name="logits">The logits: <c>[states, words]</c>. The receiver may overwrite them.</param>
    void Take(int firstState, int firstWord, MatrixView logits);
}
