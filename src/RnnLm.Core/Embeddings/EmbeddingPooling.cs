namespace RnnLm;

/// <summary>How the states after the words of a text become one.</summary>
public enum EmbeddingPooling
{
    /// <summary>The state after the last word.</summary>
    Last,

    /// <summary>The mean of the states after each word.</summary>
    Mean,

    /// <summary>The greatest value that each element has after any word.</summary>
    Maximum,
}
