using System.Globalization;

namespace RnnLm.Text;

/// <summary>The quotation marks of a text that are open, the innermost last.</summary>
internal sealed class OpenQuotes
{
    private readonly List<char> open = [];
    // How often each mark is among the open ones, so that nothing is searched for in vain: a text may open as many as it has words.
    private readonly Dictionary<char, int> counts = [];

    /// <summary>Meets a mark: it closes the innermost open one that it can close; where there is none it opens, unless it is one that closes in English.</summary>
    public JoinRole Meet(char quote)
    {
        if (Close(quote) || quote is '\u201D' or '\u2019') return JoinRole.ClosingQuote;
        Open(quote);
        return JoinRole.OpeningQuote;
    }

    /// <summary>Meets the marks of text that somebody typed, where the spaces beside a mark show whether it opens or closes.</summary>
    public void MeetTyped(ReadOnlySpan<char> typed)
    {
        for (var i = 0; i < typed.Length; i++)
        {
            if (!JoinedWord.IsQuote(typed[i])) continue;
            var (opens, closes) = (IsOpening(typed, i), i + 1 == typed.Length || !char.IsLetterOrDigit(typed[i + 1]));
            if (opens && !closes) Open(typed[i]);
            else if (closes && !opens) Close(typed[i]);
            else if (opens && i + 1 == typed.Length) Open(typed[i]);
            else if (opens) Meet(typed[i]);
        }
    }

    /// <summary>Whether the mark at an index of typed text stands as one that opens does: at the beginning, after a space or after a bracket.</summary>
    public static bool IsOpening(ReadOnlySpan<char> typed, int index)
        => index == 0 || char.IsWhiteSpace(typed[index - 1]) || char.GetUnicodeCategory(typed[index - 1]) is UnicodeCategory.OpenPunctuation or UnicodeCategory.DashPunctuation;

    public void Clear()
    {
        open.Clear();
        counts.Clear();
    }

    private void Open(char quote)
    {
        open.Add(quote);
        counts[quote] = counts.GetValueOrDefault(quote) + 1;
    }

    private bool Close(char quote)
    {
        if (!CanClose(quote)) return false;
        var isClosed = false;
        while (!isClosed)
        {
            var innermost = open[^1];
            open.RemoveAt(open.Count - 1);
            counts[innermost]--;
            isClosed = Closes(innermost, quote);
        }
        return true;
    }

    private bool CanClose(char quote)
    {
        foreach (var (mark, count) in counts)
            if (count > 0 && Closes(mark, quote)) return true;
        return false;
    }

    private static bool Closes(char open, char quote) => open switch
    {
        '\u201C' => quote is '\u201D', // “ ”
        '\u2018' => quote is '\u2019', // ‘ ’
        '\u201E' => quote is '\u201C' or '\u201D', // „ “ ”
        '\u201A' => quote is '\u2018' or '\u2019', // ‚ ‘ ’
        '\u00AB' => quote is '\u00BB', // « »
        '\u00BB' => quote is '\u00AB' or '\u00BB', // » « »
        '\u2039' => quote is '\u203A', // ‹ ›
        '\u203A' => quote is '\u2039' or '\u203A', // › ‹ ›
        _ => quote == open,
    };
}
