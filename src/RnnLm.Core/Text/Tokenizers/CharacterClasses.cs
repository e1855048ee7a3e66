using System.Globalization;
using System.Text;

namespace RnnLm.Text;

/// <summary>Finds the <see cref="CharacterClass"/> of a character.</summary>
internal static class CharacterClasses
{
    /// <summary>The class of the character at an index of well-formed text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="index">The index of the character's first code unit.</param>
    /// <param name="length">The number of its code units, 1 or 2.</param>
    internal static CharacterClass At(ReadOnlySpan<char> text, int index, out int length)
    {
        var c = text[index];
        if (!char.IsHighSurrogate(c))
        {
            length = 1;
            return char.IsAscii(c) ? OfAscii(c) : Of(c);
        }
        length = 2;
        return Of(char.ConvertToUtf32(c, text[index + 1]));
    }

    /// <summary>The class of the first character of a word, however ill-formed.</summary>
    internal static CharacterClass First(ReadOnlySpan<char> word)
    {
        Rune.DecodeFromUtf16(word, out var rune, out _);
        return Of(rune.Value);
    }

    /// <summary>The class of the last character of a word, however ill-formed.</summary>
    internal static CharacterClass Last(ReadOnlySpan<char> word)
    {
        Rune.DecodeLastFromUtf16(word, out var rune, out _);
        return Of(rune.Value);
    }

    private static CharacterClass OfAscii(char c) =>
        char.IsAsciiLetter(c) ? CharacterClass.Letter
        : c is <= ' ' or '\u007F' ? CharacterClass.Separator
        : char.IsAsciiDigit(c) ? CharacterClass.Digit
        : CharacterClass.Symbol;

    private static CharacterClass Of(int codePoint)
    {
        if (codePoint is >= 0x3005 and <= 0x3FFFF && OfEastAsia(codePoint) is { } eastAsian) return eastAsian;
        switch (CharUnicodeInfo.GetUnicodeCategory(codePoint))
        {
            case UnicodeCategory.UppercaseLetter:
            case UnicodeCategory.LowercaseLetter:
            case UnicodeCategory.TitlecaseLetter:
            case UnicodeCategory.ModifierLetter:
            case UnicodeCategory.OtherLetter:
            case UnicodeCategory.LetterNumber:
            case UnicodeCategory.OtherNumber:
                return CharacterClass.Letter;
            case UnicodeCategory.DecimalDigitNumber:
                return CharacterClass.Digit;
            case UnicodeCategory.Format when codePoint == 0x200B: // zero width space
            case UnicodeCategory.Control:
            case UnicodeCategory.SpaceSeparator:
            case UnicodeCategory.LineSeparator:
            case UnicodeCategory.ParagraphSeparator:
                return CharacterClass.Separator;
            case UnicodeCategory.NonSpacingMark:
            case UnicodeCategory.SpacingCombiningMark:
            case UnicodeCategory.EnclosingMark:
            case UnicodeCategory.Format:
                return CharacterClass.Mark;
            default:
                return CharacterClass.Symbol;
        }
    }

    /// <summary>The blocks and ranges are those of the Unicode Character Database: Scripts.txt (Hiragana, Katakana) and PropList.txt (Ideographic).</summary>
    private static CharacterClass? OfEastAsia(int codePoint) => codePoint switch
    {
        >= 0x3041 and <= 0x3096 or 0x309D or 0x309E or 0x309F => CharacterClass.Hiragana,
        0x1B001 or (>= 0x1B002 and <= 0x1B11F) or 0x1B132 or (>= 0x1B150 and <= 0x1B152) => CharacterClass.Hiragana,
        (>= 0x30A1 and <= 0x30FA) or (>= 0x30FC and <= 0x30FF) or (>= 0x31F0 and <= 0x31FF) => CharacterClass.Katakana,
        >= 0xFF66 and <= 0xFF9F => CharacterClass.Katakana,
        0x1B000 or (>= 0x1B120 and <= 0x1B122) or 0x1B155 or (>= 0x1B164 and <= 0x1B167) => CharacterClass.Katakana,
        0x3005 or 0x3006 or 0x3007 or (>= 0x3021 and <= 0x3029) or (>= 0x3038 and <= 0x303B) => CharacterClass.Ideograph,
        (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF) => CharacterClass.Ideograph,
        (>= 0xF900 and <= 0xFA6D) or (>= 0xFA70 and <= 0xFAD9) => CharacterClass.Ideograph,
        (>= 0x17000 and <= 0x18CFF) or (>= 0x18D00 and <= 0x18D7F) => CharacterClass.Ideograph, // Tangut, Khitan
        (>= 0x1B170 and <= 0x1B2FB) => CharacterClass.Ideograph, // Nüshu
        >= 0x20000 and <= 0x3FFFD => CharacterClass.Ideograph, // planes 2 and 3
        _ => null,
    };
}
