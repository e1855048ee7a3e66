using RnnLm.Numerics;

namespace RnnLm.Inference;

/// <summary>
/// Gives the log-probabilities, and where asked for the ranks, of given words after many states: what every score and every evaluation comes
/// from. A word's answer is the same to the last bit whatever is asked besides. It has working room, so it belongs to one thread.
/// </summary>
internal abstract class WordScorer
{
    /// <summary>So many states at a time are enough for a product to run at its full speed; more would only take memory.</summary>
    public const int StatesAtOnce = 128;

    /// <summary>Answers all that was asked.</summary>
    /// <param name="hidden">The states: <c>[n, output]</c>, no more than the scorer was made for.</param>
    /// <param name="queries">The questions, which receive the answers.</param>
    public abstract void Score(MatrixView hidden, WordQueries queries);
}
