namespace RnnLm.Filling;

/// <summary>A gap in a row of words, one of which it is.</summary>
internal sealed class GapInWords : Gap
{
    private readonly Tokenizer tokenizer;
    private readonly string[] before;
    private readonly string[] after;

    private GapInWords(Tokenizer tokenizer, Vocabulary vocabulary, string[] words, int place)
        : base(vocabulary)
    {
        this.tokenizer = tokenizer;
        (before, after) = (words[..place], words[(place + 1)..]);
        Before = [.. before.Select(word => vocabulary.IdOf(word))];
        After = [.. after.Select(word => vocabulary.IdOf(word))];
    }

    public override int[] Before { get; }

    public override int[] After { get; }

    /// <summary>Finds the gap of a row of words; null where there is none.</summary>
    /// <param name="tokenizer">What joins the words, and splits what is put in the gap's place.</param>
    /// <param name="vocabulary">The words that a model knows.</param>
    /// <param name="words">The words, none of which is empty.</param>
    /// <param name="mark">The gap's mark.</param>
    /// <exception cref="ArgumentException">There is more than one.</exception>
    public static Gap? Find(Tokenizer tokenizer, Vocabulary vocabulary, string[] words, GapMark mark)
    {
        // Pieces depend on what stands beside them, so that what is filled in is read with the whole text.
        if (tokenizer.SplitsWords) return GapInText.Find(tokenizer, vocabulary, TextOf(tokenizer, words, mark), mark);
        var count = words.Count(mark.Is);
        mark.RefuseSeveral(count, tokenizer.Join(words));
        return count == 0 ? null : new GapInWords(tokenizer, vocabulary, words, Array.FindIndex(words, mark.Is));
    }

    private static string TextOf(Tokenizer tokenizer, string[] words, GapMark mark)
    {
        if (!words.Any(word => !mark.Is(word) && SubwordTokenizer.EndsWord(word))) return Tokenizer.Text().Join(words);
        return tokenizer.Join(words.Select(word => mark.Is(word) ? $" {word}" : word)).TrimStart();
    }

    public override string With(string words) => tokenizer.Join([.. before, .. tokenizer.Tokenize(words), .. after]);

    public override int[] Encode(string words, CancellationToken cancellationToken) => [.. Before, .. IdsOf(tokenizer, words, cancellationToken), .. After];

    public override bool Takes(string word) => true;
}
