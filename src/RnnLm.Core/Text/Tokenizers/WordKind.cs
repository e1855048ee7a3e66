namespace RnnLm.Text;

/// <summary>What a word of running text is.</summary>
internal enum WordKind : byte
{
    /// <summary>Letters, marks and digits, with what stands between them.</summary>
    Letters,

    /// <summary>Decimal digits, with separators between them.</summary>
    Number,

    /// <summary>A name in angle brackets, such as <c>&lt;unk&gt;</c>.</summary>
    Name,

    /// <summary>An ideograph, a hiragana, or a run of katakana.</summary>
    Ideographic,

    /// <summary>A punctuation mark, a symbol, an emoji.</summary>
    Symbol,
}
