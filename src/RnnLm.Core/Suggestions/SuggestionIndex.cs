namespace RnnLm.Suggestions;

/// <summary>What is looked up in a vocabulary to make suggestions, made when it is first asked for. Any number of threads may use it.</summary>
/// <param name="predictor">What predicts the words of the vocabulary.</param>
internal sealed class SuggestionIndex(WordPredictor predictor)
{
    private readonly Lazy<PrefixIndex> words = new(() => new PrefixIndex(predictor.Vocabulary, id => SuggestedWords.IsWritten(predictor, id)));
    private readonly Lazy<PieceIndex> pieces = new(() => new PieceIndex((SubwordTokenizer)predictor.Tokenizer, predictor.Vocabulary));

    /// <summary>The words as a tree of letters.</summary>
    public PrefixIndex Words => words.Value;

    /// <summary>The words, which are pieces of words, by their bytes.</summary>
    public PieceIndex Pieces => pieces.Value;
}
