namespace RnnLm.Generation;

/// <summary>How far a continuation has come.</summary>
/// <param name="Words">The number of its words, end-of-line words included.</param>
/// <param name="Lines">The number of its end-of-line words.</param>
internal readonly record struct ContinuationPlace(int Words, int Lines)
{
    /// <summary>The place after one more word.</summary>
    public ContinuationPlace After(int word) => new(Words + 1, word == Vocabulary.EndOfLineId ? Lines + 1 : Lines);
}
