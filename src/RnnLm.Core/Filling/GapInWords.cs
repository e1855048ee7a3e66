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
    public static GapInWords? Find(Tokenizer tokenizer, Vocabulary vocabulary, string[] words, GapMark mark)
    {
        var count = words.Count(mark.Is);
        mark.RefuseSeveral(count, tokenizer.Join(words));
        return count == 0 ? null : new GapInWords(tokenizer, vocabulary, words, Array.FindIndex(words, mark.Is));
    }

    public override string With(string words) => tokenizer.Join([.. before, .. tokenizer.Tokenize(words), .. after]);

    public override int[] Encode(string words, CancellationToken cancellationToken) => [.. Before, .. IdsOf(tokenizer, words, cancellationToken), .. After];

    public override bool Takes(string word) => true;
}
