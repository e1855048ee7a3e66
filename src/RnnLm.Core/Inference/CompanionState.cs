namespace RnnLm.Inference;

/// <summary>
/// What a model that is more than one network remembers beside the network's state: it goes along with the state, and is copied with it.
/// </summary>
internal abstract class CompanionState
{
    /// <summary>Takes note of a word that the network is about to read.</summary>
    /// <param name="word">The word's id.</param>
    /// <param name="state">The state before the word.</param>
    public abstract void Read(int word, RecurrentState state);

    /// <summary>Forgets everything.</summary>
    public abstract void Clear();

    /// <summary>Makes a copy that shares nothing that changes with this one.</summary>
    public abstract CompanionState Clone();

    /// <summary>Overwrites another, of the same model, with this one.</summary>
    public abstract void CopyTo(CompanionState destination);

    /// <summary>Whether another, or that there is none, is of the same model.</summary>
    public abstract bool Fits(CompanionState? other);
}
