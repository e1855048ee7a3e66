using RnnLm.Summaries;

namespace RnnLm;

/// <summary>
/// Splits text into sentences, after the rules of Unicode for their boundaries (Standard Annex 29) with a few exceptions: a full stop behind an initial or an abbreviation does not
/// end a sentence, one that stands by itself does, an exclamation or question mark needs white space behind it, and an empty line ends a sentence, but a single line break
/// does not. Chinese and Japanese sentences need no white space between them. The same text gives the same sentences on every platform and in every culture.
/// </summary>
/// <remarks>No list of abbreviations is whole, and <c>U.S.</c> at the end of a sentence is taken for one within it. Text whose sentences are known is split by lines instead.</remarks>
public static class SentenceSplitter
{
    /// <summary>The sentences of a text, without the white space around them. White space alone is no sentence.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    public static IReadOnlyList<string> Split(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return [.. RangesIn(text).Select(range => text[range])];
    }

    /// <summary>Where the sentences of a text are.</summary>
    internal static IEnumerable<Range> RangesIn(string text)
    {
        var start = 0;
        for (var place = 0; place < text.Length;)
        {
            var end = EndAt(text, start, place);
            if (end == place)
            {
                // Where a sentence does not end with the first of several marks that follow one another, it ends with none of them.
                do place++;
                while (place < text.Length && IsMark(text[place - 1]) && IsMark(text[place]));
                continue;
            }
            if (Trimmed(text, start, end) is { } sentence) yield return sentence;
            start = place = end;
        }
        if (Trimmed(text, start, text.Length) is { } last) yield return last;
    }

    /// <summary>Where the lines of a text are; empty ones are none.</summary>
    internal static IEnumerable<Range> LinesIn(string text)
    {
        for (int start = 0, end; start < text.Length; start = end + 1)
        {
            end = text.AsSpan(start).IndexOfAny('\n', '\r') is >= 0 and var length ? start + length : text.Length;
            if (Trimmed(text, start, end) is { } line) yield return line;
        }
    }

    /// <summary>The end of the sentence where one ends with the character at a place; the place itself where none does.</summary>
    private static int EndAt(string text, int start, int place)
    {
        var first = text[place];
        if (first == '\n') return IsEmptyLine(text, place) ? place + 1 : place;
        if (!IsMark(first)) return place;

        var (end, isSure, stopsAlone) = (place, false, true);
        for (; end < text.Length && IsMark(text[end]); end++)
        {
            isSure |= SentenceEnd.IsWithoutSpace(text[end]) && !(end + 1 < text.Length && char.IsDigit(text[end + 1]));
            stopsAlone &= SentenceEnd.IsStop(text[end]);
        }
        var count = end - place;
        while (end < text.Length && SentenceEnd.IsClosing(text[end])) end++;
        if (isSure) return end;
        if (end < text.Length && !char.IsWhiteSpace(text[end])) return place;
        if (!stopsAlone) return end;

        // One full stop or several, and then white space or the end.
        var next = end;
        while (next < text.Length && char.IsWhiteSpace(text[next])) next++;
        if (next == text.Length) return end;
        if (SentenceEnd.IsStop(text[next]) || SentenceEnd.IsMark(text[next])) return place; // of several that stand by themselves the last one ends it
        var word = WordBefore(text, start, place);
        if (word.IsEmpty) return end; // of text whose words stand between spaces
        if (SentenceEnd.GoesOn(text[next])) return place;
        return count == 1 && first == '.' && Abbreviations.IsOne(word, text[next]) ? place : end;
    }

    private static bool IsMark(char character) => SentenceEnd.IsStop(character) || SentenceEnd.IsMark(character) || SentenceEnd.IsWithoutSpace(character);

    private static ReadOnlySpan<char> WordBefore(string text, int start, int place)
    {
        var begin = place;
        while (begin > start && !char.IsWhiteSpace(text[begin - 1]) && text[begin - 1] is not ('(' or '[' or '"' or '\'' or '“' or '‘' or '/')) begin--;
        return text.AsSpan(begin, place - begin);
    }

    /// <summary>Whether a line break is followed by another, with nothing but white space between them.</summary>
    private static bool IsEmptyLine(string text, int lineBreak)
    {
        for (var place = lineBreak + 1; place < text.Length && char.IsWhiteSpace(text[place]); place++)
        {
            if (text[place] == '\n') return true;
        }
        return false;
    }

    private static Range? Trimmed(string text, int start, int end)
    {
        while (start < end && char.IsWhiteSpace(text[start])) start++;
        while (end > start && char.IsWhiteSpace(text[end - 1])) end--;
        return end > start ? start..end : null;
    }
}
