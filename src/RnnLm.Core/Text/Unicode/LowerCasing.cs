using System.Globalization;
using System.Text;

namespace RnnLm.Text;

/// <summary>
/// Writes words in lower case: the simple mappings of the Unicode Character Database, one code point for one whatever culture is current, and a
/// capital sigma at the end of a word as a final one (the condition Final_Sigma, the Unicode Standard, section 3.13).
/// </summary>
internal static class LowerCasing
{
    private const char CapitalSigma = 'Σ';
    private const char FinalSigma = 'ς';

    /// <summary>Writes a word in lower case. It has as many code units as before.</summary>
    /// <param name="word">A word without half surrogate pairs.</param>
    /// <param name="destination">Receives it.</param>
    public static void Write(ReadOnlySpan<char> word, Span<char> destination)
    {
        var data = CharacterData.Instance;
        for (var i = 0; i < word.Length; i++)
        {
            var c = word[i];
            if (char.IsAscii(c)) destination[i] = char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c;
            else if (c == CapitalSigma && IsFinal(word, i)) destination[i] = FinalSigma;
            else if (!char.IsHighSurrogate(c)) destination[i] = (char)data.LowerCaseOf(c);
            else new Rune(data.LowerCaseOf(char.ConvertToUtf32(c, word[i + 1]))).EncodeToUtf16(destination[i++..]);
        }
    }

    /// <summary>Whether a letter comes before an index and none after it, not counting what has no case.</summary>
    private static bool IsFinal(ReadOnlySpan<char> word, int index)
    {
        var before = index;
        while (before > 0 && Rune.DecodeLastFromUtf16(word[..before], out var rune, out var length) == default)
        {
            before -= length;
            if (!IsPassedOver(rune)) return IsCased(rune) && !IsFollowedByLetter(word[(index + 1)..]);
        }
        return false;
    }

    private static bool IsFollowedByLetter(ReadOnlySpan<char> rest)
    {
        foreach (var rune in rest.EnumerateRunes())
            if (!IsPassedOver(rune)) return IsCased(rune);
        return false;
    }

    private static bool IsCased(Rune rune)
        => Rune.GetUnicodeCategory(rune) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter;

    /// <summary>Case_Ignorable: marks, and the signs that stand inside words.</summary>
    private static bool IsPassedOver(Rune rune)
        => rune.Value is '\'' or '.' or ':' or '^' or '`' or '\u00A8' or '\u00AD' or '\u00B7' or '\u2018' or '\u2019' or '\u2024' or '\u2027'
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format
            or UnicodeCategory.ModifierLetter or UnicodeCategory.ModifierSymbol;
}
