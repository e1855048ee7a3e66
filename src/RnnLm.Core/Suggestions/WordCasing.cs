using System.Globalization;

namespace RnnLm.Suggestions;

/// <summary>Writes a word in the case in which a person would go on.</summary>
internal static class WordCasing
{
    // So much of the text shows how somebody writes.
    private const int MostCharacters = 400;

    /// <summary>A word in the place of the letters typed: capitals where these are, and a capital at its beginning where they have one.</summary>
    /// <param name="word">The word, as the vocabulary has it.</param>
    /// <param name="prefix">The letters typed; at least one.</param>
    public static string After(ReadOnlySpan<char> prefix, string word)
    {
        var (upper, lower) = (0, 0);
        foreach (var character in prefix)
        {
            if (char.IsUpper(character)) upper++;
            else if (char.IsLower(character)) lower++;
        }
        if (upper > 1 && lower == 0) return word.ToUpper(CultureInfo.InvariantCulture);
        return char.IsUpper(prefix[0]) ? Capitalized(word) : word;
    }

    /// <summary>A word that has a capital at its beginning where a small letter was typed, with a small one; null for any other.</summary>
    /// <param name="prefix">The letters typed; there may be none.</param>
    /// <param name="word">The word, as it would be suggested.</param>
    public static string? Uncapitalized(ReadOnlySpan<char> prefix, string word)
        => !prefix.IsEmpty && char.IsLower(prefix[0]) && char.IsUpper(word[0]) ? $"{char.ToLowerInvariant(word[0])}{word.AsSpan(1)}" : null;

    /// <summary>A word with a capital at its beginning.</summary>
    public static string Capitalized(string word) => char.IsLower(word[0]) ? $"{char.ToUpperInvariant(word[0])}{word.AsSpan(1)}" : word;

    /// <summary>
    /// Whether the next word begins a sentence of a person who begins sentences with capitals: one whose last did, or of whom it is not known yet.
    /// </summary>
    /// <param name="text">The text so far, its last word complete.</param>
    /// <param name="unknown">What holds where the text has no beginning of a sentence yet.</param>
    public static bool BeginsWithCapital(ReadOnlySpan<char> text, bool unknown)
    {
        if (text.Length > MostCharacters) text = text[^MostCharacters..];
        // A text that is cut off, or not, begins with a sentence as far as one can see where a capital tells of it.
        var (isBeginning, isEnded, capital) = (true, false, unknown);
        foreach (var character in text)
        {
            if (char.IsLetter(character))
            {
                if (isBeginning && (char.IsUpper(character) || char.IsLower(character))) capital = char.IsUpper(character);
                (isBeginning, isEnded) = (false, false);
            }
            else if (character == '\n')
            {
                (isBeginning, isEnded) = (true, false);
            }
            else if (character is '.' or '!' or '?' or '\u2026')
            {
                isEnded = true;
            }
            else if (char.IsWhiteSpace(character))
            {
                isBeginning |= isEnded;
            }
            else if (char.IsDigit(character))
            {
                (isBeginning, isEnded) = (false, false);
            }
        }
        return isBeginning && capital;
    }
}
