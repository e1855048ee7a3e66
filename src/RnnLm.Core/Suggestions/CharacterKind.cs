namespace RnnLm.Suggestions;

/// <summary>What a character of a model of characters is to the word that it stands in.</summary>
internal enum CharacterKind : byte
{
    /// <summary>It is part of a word.</summary>
    Letter,

    /// <summary>It is part of a word that has begun: an apostrophe, a hyphen.</summary>
    Inner,

    /// <summary>It is as good as a word: an ideograph, a hiragana.</summary>
    Ideographic,

    /// <summary>It parts words: white space.</summary>
    Space,

    /// <summary>It ends a word, and so do what no character stands for and the end of the line.</summary>
    Other,
}
