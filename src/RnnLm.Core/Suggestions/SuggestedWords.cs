namespace RnnLm.Suggestions;

/// <summary>
/// Which words of a vocabulary may be suggested. Never are the special words and those that stand for numbers, which nobody writes; blocked ones are where
/// the person has typed them himself.
/// </summary>
internal sealed class SuggestedWords
{
    private readonly Vocabulary vocabulary;
    private readonly UserModel? user;
    private readonly HashSet<string> blocked;
    private readonly Rule[] rules; // by word id

    public SuggestedWords(WordPredictor predictor, IReadOnlyList<string> blockedWords, UserModel? user)
    {
        vocabulary = predictor.Vocabulary;
        this.user = user;
        blocked = [.. blockedWords.Select(word => WordFolding.Of(word))];
        rules = new Rule[vocabulary.Count];
        for (var id = 0; id < rules.Length; id++)
        {
            if (!IsWritten(predictor, id)) rules[id] = Rule.Never;
            else if (blocked.Count > 0 && blocked.Contains(WordFolding.Of(vocabulary[id]))) rules[id] = Rule.WhereKnown;
        }
    }

    private enum Rule : byte
    {
        Always,
        WhereKnown,
        Never,
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
    public bool Has(int id) => rules[id] switch
    {
        Rule.Always => true,
        Rule.WhereKnown => user?.Knows(vocabulary[id]) == true,
        _ => false,
    };

    /// <summary>Whether a word that may not be one of the vocabulary may be suggested.</summary>
    public bool Has(string word) => blocked.Count == 0 || !blocked.Contains(WordFolding.Of(word)) || user?.Knows(word) == true;
}
