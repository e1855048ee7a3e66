using RnnLm.Text;

namespace RnnLm.Typing;

/// <summary>A line that is to be typed, and where its words are.</summary>
internal sealed class LineToType
{
    private readonly int[] ends; // of the word that a character is in; 0 where it is in none
    private readonly bool[] begins;
    private readonly bool[] isEnd;

    /// <param name="line">The line; half surrogate pairs in it are U+FFFD, and it is composed, as the tokenizer reads it.</param>
    /// <param name="tokenizer">What splits it into words; of a tokenizer of characters, words are those of running text.</param>
    public LineToType(string line, Tokenizer tokenizer)
    {
        Text = Repaired(line, tokenizer.NormalizesUnicode);
        (ends, begins, isEnd) = (new int[Text.Length], new bool[Text.Length + 1], new bool[Text.Length + 1]);
        if (tokenizer is WhitespaceTokenizer) FindBetweenSpaces();
        else FindInRunningText();
    }

    /// <summary>The text.</summary>
    public string Text { get; }

    /// <summary>Whether a word ends before a place.</summary>
    public bool IsEndAt(int place) => isEnd[place];

    /// <summary>Whether a word begins at a place.</summary>
    public bool BeginsAt(int place) => begins[place];

    /// <summary>The end of the word that the character at a place is in; 0 where it is in none.</summary>
    public int EndOfWordAt(int place) => ends[place];

    /// <summary>How many keystrokes the text from one place to another takes.</summary>
    public int Keystrokes(int from, int to)
    {
        var count = to - from;
        foreach (var character in Text.AsSpan(from, to - from))
            if (char.IsLowSurrogate(character)) count--;
        return count;
    }

    /// <summary>The place behind the character at a place.</summary>
    public int After(int place) => place + (char.IsHighSurrogate(Text[place]) ? 2 : 1);

    private void FindBetweenSpaces()
    {
        for (var begin = 0; begin < Text.Length; begin++)
        {
            if (char.IsWhiteSpace(Text[begin])) continue;
            var end = begin;
            while (end < Text.Length && !char.IsWhiteSpace(Text[end])) end++;
            Mark(begin, end);
            begin = end;
        }
    }

    private void FindInRunningText()
    {
        var words = new WordSplitter(Text);
        while (words.MoveNext())
        {
            Text.AsSpan().Overlaps(words.Word, out var begin);
            Mark(begin, begin + words.Word.Length);
        }
    }

    private void Mark(int begin, int end)
    {
        ends.AsSpan(begin, end - begin).Fill(end);
        (begins[begin], isEnd[end]) = (true, true);
    }

    private static string Repaired(string line, bool normalizes)
    {
        if (TextRepair.IsNeeded(line, leaveOutInvisible: false))
        {
            var repaired = new char[line.Length];
            line = new string(repaired, 0, TextRepair.Write(line, repaired, leaveOutInvisible: false));
        }
        return normalizes ? ComposedForm.Of(line).ToString() : line;
    }
}
