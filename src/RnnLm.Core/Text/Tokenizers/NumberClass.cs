namespace RnnLm;

/// <summary>Which numbers count as the same word.</summary>
public enum NumberClass
{
    /// <summary>A number is a word like any other.</summary>
    None,

    /// <summary>Every decimal digit, of any script, is written <c>0</c>: <c>1,250</c> and <c>9,999</c> are both <c>0,000</c>, and <c>2nd</c> is <c>0nd</c>.</summary>
    Digits,

    /// <summary>Every number, that is a word of digits and the separators inside it, is the one word <see cref="TextTokenizer.NumberWord"/>; <c>2nd</c> is not a number.</summary>
    Word,
}
