using System.Globalization;
using System.Text;

namespace RnnLm.Text;

/// <summary>A word that is to be joined with others: its role, and what it begins and ends with.</summary>
internal readonly record struct JoinedWord
{
    private readonly CharacterClass begin;
    private readonly CharacterClass finish;

    internal JoinedWord(string word)
    {
        Word = word;
        Role = RoleOf(word);
        begin = CharacterClasses.First(word);
        finish = CharacterClasses.Last(word);
        BeginsWithMark = IsMark(word);
        IsName = word.Length > 2 && word[0] == '<' && word[^1] == '>';
    }

    internal string Word { get; }

    internal JoinRole Role { get; init; }

    internal char First => Word[0];

    internal char Last => Word[^1];

    /// <summary>Whether the word begins with a character that joins the text element before it.</summary>
    internal bool BeginsWithMark { get; }

    internal bool BeginsWithWord => IsName || IsWord(begin);

    internal bool EndsWithWord => IsName || finish == CharacterClass.Mark || IsWord(finish);

    internal bool BeginsWithDigit => begin == CharacterClass.Digit || Word == TextTokenizer.NumberWord;

    internal bool EndsWithDigit => finish == CharacterClass.Digit || Word == TextTokenizer.NumberWord;

    internal bool IsKatakana => begin == CharacterClass.Katakana;

    /// <summary>Ideographs and kana, which are never one word with a word beside them, and their punctuation.</summary>
    internal bool IsEastAsian =>
        begin is CharacterClass.Ideograph or CharacterClass.Hiragana or CharacterClass.Katakana
        || (Word.Length == 1 && Word[0] is (>= '\u3001' and <= '\u3003') or (>= '\u3008' and <= '\u3011') or (>= '\u3014' and <= '\u301F')
            or '\u30FB' or '\uFF01' or '\uFF08' or '\uFF09' or '\uFF0C' or '\uFF0E' or '\uFF1A' or '\uFF1B' or '\uFF1F');

    private bool IsName { get; }

    /// <summary>Whether a character is a quotation mark.</summary>
    internal static bool IsQuote(char c) => c is '"' or '\'' or '`' or (>= '\u2018' and <= '\u201F') or '\u00AB' or '\u00BB' or '\u2039' or '\u203A';

    private static bool IsWord(CharacterClass character) => character is not (CharacterClass.Separator or CharacterClass.Mark or CharacterClass.Symbol);

    private static JoinRole RoleOf(string word)
    {
        if (word.Length > 1) return !word.AsSpan().ContainsAnyExcept('.') ? JoinRole.Closing : word == "--" ? JoinRole.Infix : JoinRole.Other;
        switch (word[0])
        {
            case var c when IsQuote(c):
                return JoinRole.Quote;
            case '.' or ',' or ';' or ':' or '!' or '?' or '\u2026': // …
            case '\u060C' or '\u061B' or '\u061F' or '\u06D4': // Arabic
            case '\u0589' or '\u05C3' or '\u0964' or '\u0965' or '\u1362' or '\u1363' or '\u104A' or '\u104B': // Armenian, Hebrew, Devanagari, Ethiopic, Burmese
            case '\u3001' or '\u3002' or '\uFF01' or '\uFF0C' or '\uFF0E' or '\uFF1A' or '\uFF1B' or '\uFF1F': // Chinese and Japanese
                return JoinRole.Closing;
            case '\u00BF' or '\u00A1': // ¿ ¡
                return JoinRole.Opening;
            case '-' or '/' or '\u2010' or '\u2011' or '\u2013' or '\u2014': // ‐, the no-break hyphen, – —
                return JoinRole.Infix;
            case '$' or '\u00A3' or '\u00A5' or '\u20AC': // £ ¥ €
                return JoinRole.Sign;
            case '#' or '@':
                return JoinRole.Prefix;
            case '%' or '\u2030' or '\u00B0' or '\u2032' or '\u2033': // ‰ ° ′ ″
                return JoinRole.Unit;
        }
        return char.GetUnicodeCategory(word[0]) switch
        {
            UnicodeCategory.OpenPunctuation => JoinRole.Opening,
            UnicodeCategory.ClosePunctuation => JoinRole.Closing,
            _ => JoinRole.Other,
        };
    }

    /// <summary>Whether a full stop ahead of the word would be one text element with the word's first character.</summary>
    private static bool IsMark(string word)
    {
        if (char.IsAscii(word[0])) return false;
        Rune.DecodeFromUtf16(word, out var rune, out _);
        Span<char> afterStop = ['.', '\0', '\0'];
        var length = 1 + rune.EncodeToUtf16(afterStop[1..]);
        return StringInfo.GetNextTextElementLength(afterStop[..length]) > 1;
    }
}
