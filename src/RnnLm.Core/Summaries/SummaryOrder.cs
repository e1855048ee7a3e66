namespace RnnLm;

/// <summary>In which order the sentences of a summary stand.</summary>
public enum SummaryOrder
{
    /// <summary>As in the document.</summary>
    Document,

    /// <summary>As they were chosen, the one that tells most first.</summary>
    Rank,
}
