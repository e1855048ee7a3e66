namespace RnnLm;

/// <summary>A word that may come next.</summary>
/// <param name="Word">The word.</param>
/// <param name="Id">Its id in the vocabulary; −1 for a word of several pieces, whose ids are <see cref="PieceIds"/>.</param>
/// <param name="Probability">Its probability among all words of the vocabulary, from 0 to 1; of a word of pieces, that of one after the other.</param>
public readonly record struct NextWordPrediction(string Word, int Id, double Probability)
{
    private const int NoId = -1;

    private readonly int[]? pieces;

    internal NextWordPrediction(string word, int[] pieces, double probability)
        : this(word, pieces.Length == 1 ? pieces[0] : NoId, probability)
        => this.pieces = pieces;

    /// <summary>The ids of the pieces that the word consists of; its own where it is one.</summary>
    public IReadOnlyList<int> PieceIds => pieces ?? [Id];

    /// <summary>The word and its probability, for people to read.</summary>
    public override string ToString() => FormattableString.Invariant($"{Word} {Probability:P1}");
}
