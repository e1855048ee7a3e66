using RnnLm.Inference;

namespace RnnLm.Generation;

/// <summary>The states of the continuations that a beam goes on with.</summary>
internal abstract class BeamStates
{
    /// <summary>Gives the log-probabilities of every word after each of the continuations, one after the other.</summary>
    /// <param name="work">What takes them; it may overwrite them.</param>
    public abstract void Predict(LogitWork work);

    /// <summary>Goes on with other continuations, each of them one of those there were and a word.</summary>
    /// <param name="parents">Which of those there were.</param>
    /// <param name="words">The ids of the words.</param>
    public abstract void Advance(ReadOnlySpan<int> parents, ReadOnlySpan<int> words);
}
