using System.Buffers;
using System.Globalization;

namespace RnnLm.Summaries;

/// <summary>The characters by which sentences end, after the property Sentence_Break of Unicode (Standard Annex 29).</summary>
internal static class SentenceEnd
{
    // Full stops of scripts that put no space behind them, and their exclamation and question marks.
    private static readonly SearchValues<char> WithoutSpace = SearchValues.Create("。！？．｡︒︕︖﹖﹗");

    // Of scripts that do.
    private static readonly SearchValues<char> WithSpace = SearchValues.Create("!?‼⁇⁈⁉‽⸮؟۔؞؝।॥։።፧፨᙮။၊។៕᠃᠉꓿");

    /// <summary>Whether a character is a full stop that may also stand within a sentence, after an abbreviation, or an ellipsis.</summary>
    public static bool IsStop(char character) => character is '.' or '…' or '․';

    /// <summary>Whether a character ends a sentence, whatever comes behind it.</summary>
    public static bool IsWithoutSpace(char character) => WithoutSpace.Contains(character);

    /// <summary>Whether a character ends a sentence where there is white space behind it.</summary>
    public static bool IsMark(char character) => WithSpace.Contains(character);

    /// <summary>Whether a character belongs to the sentence that has ended before it: a closing quotation mark or bracket.</summary>
    public static bool IsClosing(char character) => character is '"' or '\'' or '」' or '』'
        || char.GetUnicodeCategory(character) is UnicodeCategory.ClosePunctuation or UnicodeCategory.FinalQuotePunctuation;

    /// <summary>Whether a sentence goes on where this is the next character after a full stop and white space.</summary>
    public static bool GoesOn(char character) => char.IsLower(character) || character is ',' or ';' or ':' or '-' or '–' or '—';
}
