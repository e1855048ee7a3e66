namespace RnnLm.Suggestions;

/// <summary>What a <see cref="WordPredictor"/> has read. It belongs to one thread at a time.</summary>
internal abstract class PredictorState
{
    /// <summary>Reads a word.</summary>
    /// <param name="word">Its id.</param>
    public abstract void Read(int word);

    /// <summary>The natural logarithms of the probabilities of all words to come next.</summary>
    /// <param name="destination">Receives them by word id: <c>[vocabulary]</c>.</param>
    public abstract void LogProbabilities(Span<float> destination);

    /// <summary>A copy of the network's state; null where no network predicts.</summary>
    public virtual RecurrentState? CopyOfState() => null;

    /// <summary>A copy that shares nothing that changes with this one.</summary>
    public abstract PredictorState Clone();
}
