namespace RnnLm.Prediction;

/// <summary>What predicts pieces of words, one after the other.</summary>
internal interface IPieceModel
{
    /// <summary>The pieces, behind the special words.</summary>
    Vocabulary Vocabulary { get; }

    /// <summary>The natural logarithm of the probability of every piece to come next.</summary>
    void LogProbabilities(RecurrentState state, Span<float> destination);

    /// <summary>Reads a piece.</summary>
    void Step(int id, RecurrentState state);
}
