using System.Runtime.InteropServices;
using RnnLm.Text;

namespace RnnLm.Suggestions;

/// <summary>
/// A text that somebody is typing: its words as far as they are complete, and the letters of the one that is not. What changes is read anew from the last
/// place before it where words are
/// parted whatever follows, so that a letter costs as much at the end of a long text as at that of a short one.
/// </summary>
/// <param name="tokenizer">What splits the text into words.</param>
/// <param name="endOfLine">The word that stands for a line feed.</param>
internal sealed class TypedText(Tokenizer tokenizer, string endOfLine)
{
    private const int NotYet = int.MaxValue;

    private readonly bool isOfCharacters = tokenizer is CharacterTokenizer;
    private readonly bool isOfPieces = tokenizer.SplitsWords;
    private readonly bool isRunning = tokenizer is TextTokenizer || tokenizer.SplitsWords;
    private readonly Tokenizer splitter = tokenizer.SplitsWords ? SpacedWordTokenizer.Instance : tokenizer;
    private readonly List<char> text = [];
    private readonly List<TypedWord> words = [];
    private readonly List<TypedWord> fresh = [];
    private int spaceStart;

    /// <summary>The text.</summary>
    public ReadOnlySpan<char> Text => CollectionsMarshal.AsSpan(text);

    /// <summary>The words that are complete.</summary>
    public IReadOnlyList<TypedWord> Words => words;

    /// <summary>Where the word begins that is not complete; the end of the text where there is none.</summary>
    public int PrefixStart { get; private set; }

    /// <summary>The white space before the word that is not complete, or before the next; of a model of subwords, whose words have it. Empty for any other.</summary>
    public ReadOnlySpan<char> Space => Text[spaceStart..PrefixStart];

    /// <summary>The letters of the word that is not complete.</summary>
    public ReadOnlySpan<char> Prefix => Text[PrefixStart..];

    /// <summary>Changes the end of the text.</summary>
    /// <param name="kept">How many characters stay.</param>
    /// <param name="added">What comes behind them.</param>
    /// <param name="removed">Receives the words that are no more complete, or no more there, the last first.</param>
    /// <returns>The number of words that stayed; those behind them are new.</returns>
    public int Change(int kept, ReadOnlySpan<char> added, List<string> removed)
    {
        CollectionsMarshal.SetCount(text, kept);
        text.AddRange(added);

        var stable = words.Count;
        // A mark that is typed may become part of the word before it.
        while (stable > 0 && words[stable - 1].End >= kept) stable--;
        ReadFrom(stable == 0 ? 0 : words[stable - 1].End);

        var same = 0;
        while (same < fresh.Count && stable + same < words.Count && fresh[same].Word == words[stable + same].Word && fresh[same].Space == words[stable + same].Space)
        {
            words[stable + same] = fresh[same];
            same++;
        }
        removed.Clear();
        for (var place = words.Count - 1; place >= stable + same; place--) removed.Add(words[place].Word);
        words.RemoveRange(stable + same, words.Count - stable - same);
        words.AddRange(CollectionsMarshal.AsSpan(fresh)[same..]);
        return stable + same;
    }

    /// <summary>Reads the text from a place on where words are parted.</summary>
    private void ReadFrom(int start)
    {
        fresh.Clear();
        var all = Text;
        for (int end; (end = NextParting(all, start)) > 0; start = end)
        {
            var isLineFeed = all[end - 1] == '\n';
            var part = all[start..(isLineFeed ? end - 1 : end)];
            AddWords(isOfPieces ? part.TrimEnd() : part.TrimEnd('\r'), end);
            if (isLineFeed) fresh.Add(new TypedWord(endOfLine, end));
        }

        var before = fresh.Count;
        AddWords(all[start..], NotYet);
        PrefixStart = all.Length;
        spaceStart = isOfPieces && fresh.Count == before ? start : PrefixStart;
        if (isOfCharacters || fresh.Count == before || IsComplete(fresh[^1].Word)) return;
        var tail = all[start..];
        // An apostrophe behind a letter is more often part of a word than the end of a quotation.
        if (isRunning && fresh.Count > before + 1 && fresh[^1].Word is "'" or "\u2019" && tail.Length > 1 && char.IsLetter(tail[^2]))
        {
            tail = tail[..^1];
            fresh.RemoveAt(fresh.Count - 1);
        }
        PrefixStart = start + StartOfLast(tail, fresh[^1].Word);
        spaceStart = PrefixStart - (fresh[^1].Space?.Length ?? 0);
        fresh.RemoveAt(fresh.Count - 1);
    }

    private void AddWords(ReadOnlySpan<char> part, int end)
    {
        if (part.IsEmpty) return;
        if (isOfPieces) splitter.Tokenize(part, AddSpaced);
        else splitter.Tokenize(part, word => fresh.Add(new TypedWord(word.ToString(), end)));

        void AddSpaced(ReadOnlySpan<char> spaced)
        {
            var space = SpacedWordTokenizer.LengthOfSpace(spaced);
            // White space with nothing behind it is that of the next word.
            if (space < spaced.Length) fresh.Add(new TypedWord(spaced[space..].ToString(), end) { Space = spaced[..space].ToString() });
        }
    }

    /// <summary>The next place behind one at which words are parted whatever is typed at the end; 0 where there is none.</summary>
    private int NextParting(ReadOnlySpan<char> all, int start)
    {
        for (var place = start; place < all.Length; place++)
        {
            if (all[place] == '\n') return place + 1;
            if (isOfPieces && char.IsWhiteSpace(all[place]))
            {
                // It is read with the word behind it.
                if (place > start && !IsOfNoWord(all, place - 1)) return place;
            }
            else if (isOfCharacters)
            {
                // A carriage return before a line feed is part of the line's end.
                if (place + 1 < all.Length && IsAlone(all[place]) && (IsAlone(all[place + 1]) || all[place + 1] == '\n')) return place + 1;
            }
            else if (char.IsWhiteSpace(all[place]) || (isRunning && place + 1 < all.Length && PartsWords(all, place)))
            {
                return place + 1;
            }
        }
        return 0;
    }

    private static bool IsOfNoWord(ReadOnlySpan<char> all, int place)
        => char.IsWhiteSpace(all[place]) || all[place] is '\u200C' or '\u200D' || (!char.IsSurrogate(all[place]) && CharacterClasses.At(all, place, out _) == CharacterClass.Separator);

    /// <summary>Whether a character is an ideograph with nothing behind it that could be part of it.</summary>
    private static bool PartsWords(ReadOnlySpan<char> all, int place)
        => all[place] is >= '\u4E00' and <= '\u9FFF' && !char.IsSurrogate(all[place + 1]) && CharacterClasses.At(all, place + 1, out _) != CharacterClass.Mark;

    /// <summary>
    /// Whether a character is one by itself beside others of the kind: no half of a pair, no mark, no part of a Hangul syllable, nothing that goes with what
    /// follows.
    /// </summary>
    private static bool IsAlone(char c)
        => char.IsAscii(c)
            ? c != '\r'
            : char.IsLetter(c) && c is < '\u0D00' or > '\u0EFF' and < '\u1000' or > '\u11FF' and < '\uA960' or > '\uA97F' and < '\uAC00' or > '\uD7FF' and < '\uFF9E';

    /// <summary>Whether a word is complete though nothing is behind it: ideographs, kana and their punctuation are, which have no letters.</summary>
    private bool IsComplete(string word) => isRunning && new JoinedWord(word) is { IsEastAsian: true, IsKatakana: false };

    /// <summary>Where the last word of a part of text begins, of which the tokenizer says only how it reads it.</summary>
    private int StartOfLast(ReadOnlySpan<char> part, string last)
    {
        if (part.EndsWith(last, StringComparison.OrdinalIgnoreCase)) return part.Length - last.Length;
        if (!isRunning) return 0; // what stands between white space is one word
        // It was written otherwise: it begins behind as much of the part as comes to what is before it in the text that is split.
        var (least, most) = (0, part.Length);
        var before = LengthBeforeLast(splitter.Prepared(part));
        while (least < most)
        {
            var middle = (least + most + 1) / 2;
            if (splitter.Prepared(part[..middle]).Length <= before) least = middle;
            else most = middle - 1;
        }
        return least;
    }

    private static int LengthBeforeLast(string text)
    {
        var words = new WordSplitter(text);
        var start = 0;
        while (words.MoveNext()) start = words.End - words.Word.Length;
        return start;
    }
}
