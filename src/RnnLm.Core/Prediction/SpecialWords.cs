namespace RnnLm;

/// <summary>The words of a vocabulary that are no words of the language; a prediction can leave them out.</summary>
[Flags]
public enum SpecialWords
{
    /// <summary>None of them.</summary>
    None = 0,

    /// <summary>The word that stands for every word outside the vocabulary.</summary>
    Unknown = 1,

    /// <summary>The word that ends every line.</summary>
    EndOfLine = 2,

    /// <summary>All of them.</summary>
    All = Unknown | EndOfLine,
}
