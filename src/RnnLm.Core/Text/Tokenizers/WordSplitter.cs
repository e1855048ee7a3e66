using System.Globalization;

namespace RnnLm.Text;

/// <summary>
/// Finds the words of well-formed running text, one after the other, by the rules that <see cref="TextTokenizer"/> states. They follow
/// UAX #29, Unicode Text Segmentation, section 4.
/// </summary>
internal ref struct WordSplitter(ReadOnlySpan<char> text)
{
    private const char ZeroWidthNonJoiner = '\u200C';
    private const char ZeroWidthJoiner = '\u200D';

    private readonly ReadOnlySpan<char> text = text;
    private int start;
    private int end;

    /// <summary>The word found last.</summary>
    public readonly ReadOnlySpan<char> Word => text[start..end];

    /// <summary>The index behind the word found last.</summary>
    public readonly int End => end;

    /// <summary>What the word found last is.</summary>
    public WordKind Kind { get; private set; }

    /// <summary>Goes on to the next word.</summary>
    /// <returns>Whether there is one.</returns>
    public bool MoveNext()
    {
        for (var next = end; next < text.Length;)
        {
            var first = CharacterClasses.At(text, next, out var length);
            if (first == CharacterClass.Separator || text[next] is ZeroWidthNonJoiner or ZeroWidthJoiner)
            {
                next += length;
                continue;
            }
            (end, Kind) = first switch
            {
                CharacterClass.Symbol => EndOfSymbol(next),
                CharacterClass.Ideograph or CharacterClass.Hiragana => (EndOfRun(next + length, CharacterClass.Mark), WordKind.Ideographic),
                CharacterClass.Katakana => (EndOfRun(next + length, CharacterClass.Katakana), WordKind.Ideographic),
                _ => EndOfLetters(next),
            };
            start = next;
            return true;
        }
        return false;
    }

    /// <summary>Where a run of characters of one class, with the marks on them, ends.</summary>
    private readonly int EndOfRun(int index, CharacterClass member)
    {
        while (index < text.Length)
        {
            var found = CharacterClasses.At(text, index, out var length);
            if (found != member && found != CharacterClass.Mark) break;
            index += length;
        }
        return index;
    }

    private readonly (int End, WordKind Kind) EndOfLetters(int index)
    {
        var first = index;
        var onlyDigits = true;
        var before = CharacterClass.Letter; // a mark that stands first counts as a letter
        while (index < text.Length)
        {
            var found = CharacterClasses.At(text, index, out var length);
            if (found is CharacterClass.Letter or CharacterClass.Digit)
            {
                onlyDigits &= found == CharacterClass.Digit;
                before = found;
            }
            else if (found == CharacterClass.Mark)
            {
                onlyDigits = false;
            }
            else if (index == first || !IsInsideWord(index, before))
            {
                break;
            }
            index += length;
        }
        return (index, onlyDigits ? WordKind.Number : WordKind.Letters);
    }

    /// <summary>Whether the symbol at an index belongs to the word around it: UAX #29's rules WB6, WB7, WB7b, WB7c, WB11, WB12, WB13a, WB13b.</summary>
    private readonly bool IsInsideWord(int index, CharacterClass before)
    {
        if (index + 1 >= text.Length) return false;
        var after = CharacterClasses.At(text, index + 1, out _);
        return text[index] switch
        {
            '_' => after is CharacterClass.Letter or CharacterClass.Digit,
            '.' or '\'' or '\u2019' => before == after, // ’
            ',' or '\u066B' or '\u066C' => before == CharacterClass.Digit && after == CharacterClass.Digit, // Arabic separators
            '\u00B7' or '\u2027' => before == CharacterClass.Letter && after == CharacterClass.Letter, // ·, as in Catalan
            '"' or '\u05F4' => IsHebrew(text[index - 1]) && IsHebrew(text[index + 1]), // gershayim, as in acronyms
            _ => false,
        };
    }

    private static bool IsHebrew(char c) => c is >= '\u05D0' and <= '\u05F2';

    private readonly (int End, WordKind Kind) EndOfSymbol(int index)
    {
        var c = text[index];
        if (c == '<' && EndOfName(index) is var name and > 0) return (name, WordKind.Name);
        if (c is '.' or '-')
        {
            var run = index;
            while (run < text.Length && text[run] == c && IsTextElement(run)) run++;
            if (run > index) return (run, WordKind.Symbol);
        }
        return (index + StringInfo.GetNextTextElementLength(text[index..]), WordKind.Symbol);
    }

    /// <summary>Where a name in angle brackets ends that begins at an index, or -1.</summary>
    private readonly int EndOfName(int index)
    {
        var followsWord = index > 0 && index == end && Kind is WordKind.Letters or WordKind.Number;
        if (followsWord || index + 1 == text.Length) return -1;
        var first = CharacterClasses.At(text, index + 1, out var next);
        if (first is CharacterClass.Separator or CharacterClass.Symbol or CharacterClass.Digit or CharacterClass.Mark) return -1;
        next += index + 1;
        while (next < text.Length)
        {
            var found = CharacterClasses.At(text, next, out var length);
            if (found == CharacterClass.Separator) return -1;
            if (found == CharacterClass.Symbol && text[next] is not ('_' or '-')) break;
            next += length;
        }
        if (next == text.Length || text[next] != '>' || !IsTextElement(next)) return -1;
        next++;
        var precedesWord = next < text.Length
            && CharacterClasses.At(text, next, out _) is CharacterClass.Letter or CharacterClass.Digit or CharacterClass.Mark;
        return precedesWord ? -1 : next;
    }

    /// <summary>Whether the code unit at an index is a text element by itself, that is, has no mark on it.</summary>
    private readonly bool IsTextElement(int index) =>
        index + 1 == text.Length || char.IsAscii(text[index + 1]) || StringInfo.GetNextTextElementLength(text[index..]) == 1;
}
