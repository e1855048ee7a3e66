using System.Text;

namespace RnnLm.Text;

/// <summary>Writes words as running text. It decides between each two words whether there is a space, and keeps track of open quotation marks.</summary>
/// <remarks>
/// A space is left out only beside a punctuation mark that is a word wherever it stands, or between characters each of which is a word,
/// and never ahead of a mark that would join the character before it: so what is joined is split into the same words again.
/// </remarks>
/// <param name="text">Receives the text.</param>
internal sealed class TextJoiner(StringBuilder text) : WordJoiner(text)
{
    private readonly OpenQuotes quotes = new();
    private JoinedWord? left; // the word written last
    private JoinedWord? kept; // a hyphen, dash or slash that is to be written when the next word is known
    private bool isKeptWritten; // somebody typed it
    private bool isSpaced = true; // white space, or nothing, is ahead of what is next

    public override void Follow(ReadOnlySpan<char> typed, string? lastButOne, string? last)
    {
        quotes.MeetTyped(typed);
        isSpaced = typed.IsEmpty || char.IsWhiteSpace(typed[^1]);
        left = lastButOne is null ? null : new JoinedWord(lastButOne);
        if (last is null) return;

        var word = new JoinedWord(last);
        typed = typed.TrimEnd();
        var begin = typed.EndsWith(last, StringComparison.Ordinal) ? typed.Length - last.Length : 0;
        var isApart = begin == 0 || char.IsWhiteSpace(typed[begin - 1]);
        if (word.Role == JoinRole.Infix && !isApart) (kept, isKeptWritten) = (word, true);
        else left = word with { Role = TypedRole(word, OpenQuotes.IsOpening(typed, begin), isApart) };
    }

    public override void Add(string word)
    {
        if (string.IsNullOrEmpty(word)) return;
        var next = new JoinedWord(word);
        WriteKept(next);
        if (next.Role == JoinRole.Infix) kept = next;
        else Write(next with { Role = next.Role == JoinRole.Quote ? quotes.Meet(word[0]) : SignOr(next, next.Role) });
    }

    public override void Finish() => WriteKept(next: null);

    protected override void BeginLine()
    {
        quotes.Clear();
        left = null;
        isSpaced = true;
    }

    private void WriteKept(JoinedWord? next)
    {
        if (kept is not { } infix) return;
        infix = infix with { Role = JoinsNeighbours(infix, next) ? JoinRole.Infix : SignOr(infix, JoinRole.Other) };
        if (isKeptWritten) left = infix;
        else Write(infix);
        (kept, isKeptWritten) = (null, false);
    }

    private void Write(in JoinedWord word)
    {
        if (!isSpaced && left is { } before && !IsSpaceLeftOut(before, word)) Text.Append(' ');
        Text.Append(word.Word);
        left = word;
        isSpaced = false;
    }

    /// <summary>The role of a word with which typed text ends.</summary>
    private JoinRole TypedRole(in JoinedWord word, bool isOpening, bool isApart) => word.Role switch
    {
        JoinRole.Quote => isOpening ? JoinRole.OpeningQuote : JoinRole.ClosingQuote,
        JoinRole.Infix => SignOr(word, JoinRole.Other),
        _ => isApart ? SignOr(word, word.Role) : word.Role,
    };

    /// <summary>Plus and minus are signs where no word is before them.</summary>
    private JoinRole SignOr(in JoinedWord word, JoinRole role)
        => word.Word is not ("-" or "+" or "\u2212") ? role : left is { EndsWithWord: true } ? JoinRole.Other : JoinRole.Sign; // −

    private static bool IsSpaceLeftOut(in JoinedWord left, in JoinedWord right)
    {
        if (right.BeginsWithMark) return false;
        if (left.Last == right.First && right.First is '.' or '-') return false; // they would become one run
        if (right.Role is JoinRole.Closing or JoinRole.ClosingQuote or JoinRole.Infix) return true;
        if (left.Role is JoinRole.Opening or JoinRole.OpeningQuote or JoinRole.Infix) return true;
        if (left.Role == JoinRole.Sign && right.BeginsWithDigit) return true;
        if (left.Role == JoinRole.Prefix && right.BeginsWithWord) return true;
        if (right.Role == JoinRole.Unit && left.EndsWithDigit) return true;
        if (left.IsEastAsian && right.IsEastAsian) return !(left.IsKatakana && right.IsKatakana);
        return (left.IsEastAsian && (right.BeginsWithDigit || right.Role == JoinRole.OpeningQuote))
            || (right.IsEastAsian && (left.EndsWithDigit || left.Role == JoinRole.ClosingQuote));
    }

    /// <summary>Whether a hyphen, dash or slash stands between what it joins: anything for the long dash, numbers for the en dash, words for the others.</summary>
    private bool JoinsNeighbours(in JoinedWord infix, JoinedWord? next)
    {
        if (left is not { } before || next is not { } after) return false;
        return infix.Word switch
        {
            "\u2014" or "--" => true,
            "\u2013" => before.EndsWithDigit && after.BeginsWithDigit,
            _ => before.EndsWithWord && after.BeginsWithWord && !after.BeginsWithMark,
        };
    }
}
