namespace RnnLm.Filling;

/// <summary>A gap in a text that a tokenizer splits. Text in the gap's place may touch what stands beside it, and be one word with it.</summary>
internal sealed class GapInText : Gap
{
    private readonly Tokenizer tokenizer;
    private readonly string before;
    private readonly string after;
    // What stands between the gap and the white space, or the ends of the text, on either side; and its words.
    private readonly string touchingBefore;
    private readonly string touchingAfter;
    private readonly string[] wordsBefore;
    private readonly string[] wordsAfter;

    private GapInText(Tokenizer tokenizer, Vocabulary vocabulary, string text, int start, int length)
        : base(vocabulary)
    {
        this.tokenizer = tokenizer;
        (before, after) = (text[..start], text[(start + length)..]);
        (Before, After) = (IdsOf(tokenizer, before), IdsOf(tokenizer, after));
        var first = before.Length;
        while (first > 0 && !char.IsWhiteSpace(before[first - 1])) first--;
        var end = 0;
        while (end < after.Length && !char.IsWhiteSpace(after[end])) end++;
        (touchingBefore, touchingAfter) = (before[first..], after[..end]);
        (wordsBefore, wordsAfter) = ([.. tokenizer.Tokenize(touchingBefore)], [.. tokenizer.Tokenize(touchingAfter)]);
    }

    public override int[] Before { get; }

    public override int[] After { get; }

    /// <summary>Finds the gap of a text; null where there is none.</summary>
    /// <exception cref="ArgumentException">There is more than one.</exception>
    public static GapInText? Find(Tokenizer tokenizer, Vocabulary vocabulary, string text, GapMark mark)
    {
        var gaps = mark.FindAll(text);
        mark.RefuseSeveral(gaps.Count, text);
        return gaps.Count == 0 ? null : new GapInText(tokenizer, vocabulary, text, gaps[0].Start, gaps[0].Length);
    }

    public override string With(string words) => $"{before}{words}{after}";

    public override int[] Encode(string words, CancellationToken cancellationToken) => IdsOf(tokenizer, With(words), cancellationToken);

    public override bool Takes(string word)
    {
        // Where words stand apart they are read as themselves.
        if (touchingBefore.Length == 0 && touchingAfter.Length == 0 && tokenizer is (TextTokenizer or WhitespaceTokenizer)) return true;
        var place = 0;
        var isSame = true;
        tokenizer.Tokenize($"{touchingBefore}{word}{touchingAfter}", read =>
        {
            isSame = isSame && place <= wordsBefore.Length + wordsAfter.Length && read.SequenceEqual(
                place < wordsBefore.Length ? wordsBefore[place] : place == wordsBefore.Length ? word : wordsAfter[place - wordsBefore.Length - 1]);
            place++;
        });
        return isSame && place == wordsBefore.Length + 1 + wordsAfter.Length;
    }
}
