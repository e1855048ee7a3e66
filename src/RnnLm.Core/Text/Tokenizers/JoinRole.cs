namespace RnnLm.Text;

/// <summary>How a word stands to its neighbours when words are joined.</summary>
internal enum JoinRole : byte
{
    /// <summary>Spaces on both sides.</summary>
    Other,

    /// <summary>No space before it: closing brackets, commas, stops.</summary>
    Closing,

    /// <summary>No space after it: opening brackets.</summary>
    Opening,

    /// <summary>A quotation mark of which it is not yet decided whether it opens or closes.</summary>
    Quote,

    /// <summary>A quotation mark that opens.</summary>
    OpeningQuote,

    /// <summary>A quotation mark that closes.</summary>
    ClosingQuote,

    /// <summary>No space on either side where it stands between words: hyphens, dashes, slashes.</summary>
    Infix,

    /// <summary>No space between it and a number after it: currency signs, plus and minus where they are signs.</summary>
    Sign,

    /// <summary>No space between it and a word after it: <c>#</c>, <c>@</c>.</summary>
    Prefix,

    /// <summary>No space between it and a number before it: the percent sign.</summary>
    Unit,
}
