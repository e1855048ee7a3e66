using RnnLm.Text;

namespace RnnLm.Suggestions;

/// <summary>Finds the <see cref="CharacterKind"/> of characters.</summary>
internal static class CharacterKinds
{
    /// <summary>The kinds of the words of a vocabulary that are characters, by their ids.</summary>
    public static CharacterKind[] Of(Vocabulary vocabulary)
        => [.. vocabulary.Select((word, id) => id is Vocabulary.UnknownId or Vocabulary.EndOfLineId ? CharacterKind.Other : Of(word))];

    /// <summary>The kind of a character, or of the first of several.</summary>
    public static CharacterKind Of(string character) => CharacterClasses.First(character) switch
    {
        CharacterClass.Letter or CharacterClass.Digit or CharacterClass.Mark or CharacterClass.Katakana => CharacterKind.Letter,
        CharacterClass.Ideograph or CharacterClass.Hiragana => CharacterKind.Ideographic,
        CharacterClass.Separator => CharacterKind.Space,
        _ => character is "'" or "\u2019" or "-" ? CharacterKind.Inner : CharacterKind.Other, // ’
    };
}
