namespace RnnLm;

/// <summary>How a column finds out how much a word moved a prediction.</summary>
public enum InfluenceMethod
{
    /// <summary>The row is read again without the word: <see cref="RnnLm.LeaveOneOut"/>.</summary>
    LeaveOneOut,

    /// <summary>The row is read again with the unknown word in the word's place: <see cref="RnnLm.LeaveOneOut.KeepsPlace"/>.</summary>
    UnknownWord,

    /// <summary>
    /// The gradient of the log-probability times the word's embedding: <see cref="RnnLm.GradientTimesInput"/>; not of 8-bit weights, nor of models with a cache, an n-gram model
    /// or members.
    /// </summary>
    GradientTimesInput,
}
