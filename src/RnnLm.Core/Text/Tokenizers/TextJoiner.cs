using System.Text;

namespace RnnLm.Text;

/// <summary>Writes words as running text. It decides between each two words whether there is a space, and keeps track of open quotation marks.</summary>
/// <remarks>
/// A space is left out only beside a punctuation mark that is a word wherever it stands, or between characters each of which is a word,
/// and never ahead of a mark that would join the character before it: so what is joined is split into the same words again.
/// </remarks>
internal sealed class TextJoiner
{
    private readonly StringBuilder text = new();
    private readonly List<char> openQuotes = [];

    internal string Join(IEnumerable<string> words)
    {
        var list = words.Where(word => !string.IsNullOrEmpty(word)).Select(word => new JoinedWord(word)).ToList();
        var left = default(JoinedWord);
        for (var i = 0; i < list.Count; i++)
        {
            var right = list[i] with { Role = RoleAt(i, list) };
            if (i > 0 && !IsSpaceLeftOut(left, right)) text.Append(' ');
            text.Append(right.Word);
            left = right;
        }
        return text.ToString();
    }

    private JoinRole RoleAt(int index, List<JoinedWord> words)
    {
        var (word, role) = (words[index].Word, words[index].Role);
        if (role == JoinRole.Quote) return RoleOfQuote(word[0]);
        if (role == JoinRole.Infix && JoinsNeighbours(index, words)) return JoinRole.Infix;
        if (word is "-" or "+" or "\u2212") return index > 0 && words[index - 1].EndsWithWord ? JoinRole.Other : JoinRole.Sign; // −
        return role == JoinRole.Infix ? JoinRole.Other : role;
    }

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
    private static bool JoinsNeighbours(int index, List<JoinedWord> words)
    {
        if (index == 0 || index + 1 == words.Count) return false;
        var (before, after) = (words[index - 1], words[index + 1]);
        return words[index].Word switch
        {
            "\u2014" or "--" => true,
            "\u2013" => before.EndsWithDigit && after.BeginsWithDigit,
            _ => before.EndsWithWord && after.BeginsWithWord && !after.BeginsWithMark,
        };
    }

    /// <summary>A quotation mark closes the innermost open one that it can close; where there is none it opens, unless it is one that closes in English.</summary>
    private JoinRole RoleOfQuote(char quote)
    {
        var open = openQuotes.FindLastIndex(mark => Closes(mark, quote));
        if (open >= 0)
        {
            openQuotes.RemoveRange(open, openQuotes.Count - open);
            return JoinRole.ClosingQuote;
        }
        if (quote is '\u201D' or '\u2019') return JoinRole.ClosingQuote;
        openQuotes.Add(quote);
        return JoinRole.OpeningQuote;
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
