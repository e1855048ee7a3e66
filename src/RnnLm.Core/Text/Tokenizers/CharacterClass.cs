namespace RnnLm.Text;

/// <summary>What a character is to the rules of word boundaries.</summary>
internal enum CharacterClass : byte
{
    /// <summary>White space, control characters, the zero width space: between words and in none.</summary>
    Separator,

    /// <summary>Letters of scripts that write words, and numerals that are not decimal digits.</summary>
    Letter,

    /// <summary>Decimal digits of any script.</summary>
    Digit,

    /// <summary>Combining marks, joiners and number signs: part of the word they stand in.</summary>
    Mark,

    /// <summary>Ideographs and the marks that repeat them.</summary>
    Ideograph,

    /// <summary>Hiragana.</summary>
    Hiragana,

    /// <summary>Katakana and the mark that lengthens a vowel.</summary>
    Katakana,

    /// <summary>Punctuation, symbols, emoji, and code points that Unicode has not assigned.</summary>
    Symbol,
}
