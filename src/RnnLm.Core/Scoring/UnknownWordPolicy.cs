namespace RnnLm;

/// <summary>What a word outside the vocabulary adds to a score.</summary>
public enum UnknownWordPolicy
{
    /// <summary>The log-probability of the unknown word; it counts like any other word.</summary>
    Counted,

    /// <summary>Nothing: it is neither in the sum nor in the number of words.</summary>
    Excluded,

    /// <summary>A fixed log-probability, <see cref="ScoringOptions.UnknownWordLogProbability"/>; it counts like any other word.</summary>
    Penalized,
}
