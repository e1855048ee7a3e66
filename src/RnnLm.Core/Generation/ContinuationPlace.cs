namespace RnnLm.Generation;

/// <summary>How far a continuation has come.</summary>
/// <param name="Words">The number of its words, end-of-line words included; of a model of subwords of whole words.</param>
/// <param name="Lines">The number of its end-of-line words.</param>
/// <param name="Pieces">The number of pieces of a word that has begun and not ended; 0 where words are no pieces.</param>
internal readonly record struct ContinuationPlace(int Words, int Lines, int Pieces)
{
    private const int MostPieces = 64; // what never ends is a word all the same

    /// <summary>The place after one more word of the vocabulary.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="endsWord">Whether it is a word of the language, or ends one.</param>
    public ContinuationPlace After(int id, bool endsWord)
    {
        if (!endsWord && Pieces + 1 < MostPieces) return this with { Pieces = Pieces + 1 };
        return new ContinuationPlace(Words + 1, id == Vocabulary.EndOfLineId ? Lines + 1 : Lines, Pieces: 0);
    }
}
