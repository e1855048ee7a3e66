using System.Text;

namespace RnnLm.Text;

/// <summary>Makes text fit to be split: half surrogate pairs become U+FFFD and, where asked for, invisible characters are left out.</summary>
internal static class TextRepair
{
    /// <summary>What stands in a text for what could not be read as text.</summary>
    internal const char Replacement = '\uFFFD';

    internal static bool IsNeeded(ReadOnlySpan<char> text, bool leaveOutInvisible)
    {
        if (Ascii.IsValid(text)) return false;
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]))
            {
                if (!IsPair(text, i)) return true;
                i++;
            }
            else if (leaveOutInvisible && IsInvisible(text[i]))
            {
                return true;
            }
        }
        return false;
    }

    /// <returns>The number of characters written, at most <c>text.Length</c>.</returns>
    internal static int Write(ReadOnlySpan<char> text, Span<char> destination, bool leaveOutInvisible)
    {
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (IsPair(text, i))
            {
                destination[length++] = text[i++];
                destination[length++] = text[i];
            }
            else if (char.IsSurrogate(text[i]))
            {
                destination[length++] = Replacement;
            }
            else if (!leaveOutInvisible || !IsInvisible(text[i]))
            {
                destination[length++] = text[i];
            }
        }
        return length;
    }

    private static bool IsPair(ReadOnlySpan<char> text, int index) =>
        char.IsHighSurrogate(text[index]) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]);

    /// <summary>The soft hyphen, marks and embeddings of writing direction, the word joiner and invisible operators, the byte order mark.</summary>
    private static bool IsInvisible(char c) =>
        c is '\u00AD' or '\u061C' or '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2060' and <= '\u206F') or '\uFEFF';
}
