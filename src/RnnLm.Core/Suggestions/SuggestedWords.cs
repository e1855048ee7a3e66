namespace RnnLm.Suggestions;

/// <summary>
/// Which words of a vocabulary may be suggested. Never are the special words and those that stand for numbers, which nobody writes; blocked ones are where
/// the person has typed them himself.
/// </summary>
internal sealed class SuggestedWords
{
    private readonly WordPredictor predictor;
    private readonly UserModel? user;
    private readonly HashSet<string> blocked;

    public SuggestedWords(WordPredictor predictor, IReadOnlyList<string> blockedWords, UserModel? user)
    {
        (this.predictor, this.user) = (predictor, user);
        blocked = [.. blockedWords.Select(word => WordFolding.Of(word))];
    }

    /// <summary>Whether a person writes a word as the vocabulary has it.</summary>
    public static bool IsWritten(WordPredictor predictor, int id)
    {
        if (id is Vocabulary.UnknownId or Vocabulary.EndOfLineId) return false;
        if (predictor.Tokenizer is not TextTokenizer tokenizer) return true;
        return tokenizer.NumberClass switch
        {
            NumberClass.Word => predictor.Vocabulary[id] != TextTokenizer.NumberWord,
            NumberClass.Digits => !predictor.Vocabulary[id].Contains('0'),
            _ => true,
        };
    }

    /// <summary>Whether a word of the vocabulary may be suggested.</summary>
    public bool Has(int id) => IsWritten(predictor, id) && Has(predictor.Vocabulary[id]);

    /// <summary>Whether a word that may not be one of the vocabulary may be suggested.</summary>
    public bool Has(string word) => blocked.Count == 0 || !blocked.Contains(WordFolding.Of(word)) || user?.Knows(word) == true;
}
