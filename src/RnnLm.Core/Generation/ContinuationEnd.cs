namespace RnnLm;

/// <summary>Where a continuation ended.</summary>
public enum ContinuationEnd
{
    /// <summary>At the greatest number of words.</summary>
    MaximumWords,

    /// <summary>With the last of its lines, by an end-of-line word, which is not among its words.</summary>
    EndOfLine,

    /// <summary>At a stop text.</summary>
    Stop,

    /// <summary>Where no word was left to choose, all being excluded.</summary>
    NoWordLeft,
}
