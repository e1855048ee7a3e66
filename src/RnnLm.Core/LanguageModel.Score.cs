namespace RnnLm;

public sealed partial class LanguageModel
{
    /// <summary>How probable a text is, word by word and as a whole, read from the beginning of a line.</summary>
    /// <param name="text">The text.</param>
    /// <param name="options">What is added up; the defaults where null.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public TextScore Score(string text, ScoringOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Score(Tokenizer.Tokenize(text), options);
    }

    /// <summary>How probable a row of words is, word by word and as a whole, read from the beginning of a line.</summary>
    /// <param name="words">The words, without the end-of-line word.</param>
    /// <param name="options">What is added up; the defaults where null.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public TextScore Score(IEnumerable<string> words, ScoringOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(words);
        options ??= new ScoringOptions();
        options.Validate();
        IReadOnlyList<string> texts = words as IReadOnlyList<string> ?? [.. words];
        var ids = IdsOf(texts, options.IncludeEndOfLine);
        var logProbabilities = new double[ids.Length];
        Network.Score(ids, Start(), logProbabilities);
        return Score(texts, ids, logProbabilities, options);
    }

    private TextScore Score(IReadOnlyList<string> words, ReadOnlySpan<int> ids, ReadOnlySpan<double> logProbabilities, ScoringOptions options)
    {
        var scores = new WordScore[ids.Length];
        for (var i = 0; i < scores.Length; i++)
            scores[i] = Score(i < words.Count ? words[i] : Vocabulary.EndOfLineWord, ids[i], logProbabilities[i], options);
        return new TextScore(scores);
    }

    private static WordScore Score(string word, int id, double logProbability, ScoringOptions options)
    {
        var isUnknown = id == Vocabulary.UnknownId;
        if (isUnknown && options.UnknownWords == UnknownWordPolicy.Penalized) logProbability = options.UnknownWordLogProbability;
        return new WordScore(word, id, logProbability, IsCounted: !isUnknown || options.UnknownWords != UnknownWordPolicy.Excluded);
    }
}
