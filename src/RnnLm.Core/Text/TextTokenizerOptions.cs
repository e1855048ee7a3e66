namespace RnnLm;

/// <summary>What a <see cref="TextTokenizer"/> takes for the same word.</summary>
public sealed class TextTokenizerOptions
{
    /// <summary>Whether words are written in lower case, by the rules of the invariant culture whatever culture is current.</summary>
    /// <value>The default is false.</value>
    public bool LowerCase { get; set; }

    /// <summary>Which numbers count as the same word.</summary>
    /// <value>The default is <see cref="NumberClass.None"/>.</value>
    public NumberClass NumberClass { get; set; }
}
