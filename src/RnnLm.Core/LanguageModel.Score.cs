using RnnLm.Reading;
using RnnLm.Scoring;

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
        Network.ScoreUpToLast(ids, Start(), logProbabilities);
        return Score(texts, ids, logProbabilities, options);
    }

    /// <summary>
    /// How probable many texts are, as <see cref="Score(string, ScoringOptions)"/> has it for each: the hypotheses of a speech recogniser or a
    /// translator to be ranked anew, or the lines of a file. They are read together, and what several begin with is read once, so it is
    /// faster than one by one.
    /// </summary>
    /// <param name="texts">The texts.</param>
    /// <param name="options">What is added up; the defaults where null.</param>
    /// <param name="batch">How many threads; the defaults where null.</param>
    /// <returns>The score of each text, in the order of the texts: to the last bit those of one by one, whatever the number of threads.</returns>
    /// <exception cref="ArgumentException">A text is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public IReadOnlyList<TextScore> ScoreMany(IEnumerable<string> texts, ScoringOptions? options = null, BatchOptions? batch = null)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return ScoreMany([.. texts.Select((text, index) => Tokenizer.Tokenize(NotNull(text, index, nameof(texts))))], options, batch);
    }

    /// <summary>How probable many rows of words are, as <see cref="Score(IEnumerable{string}, ScoringOptions)"/> has it for each.</summary>
    /// <param name="texts">The words of each text, without the end-of-line word.</param>
    /// <param name="options">What is added up; the defaults where null.</param>
    /// <param name="batch">How many threads; the defaults where null.</param>
    /// <inheritdoc cref="ScoreMany(IEnumerable{string}, ScoringOptions, BatchOptions)"/>
    public IReadOnlyList<TextScore> ScoreMany(IEnumerable<IReadOnlyList<string>> texts, ScoringOptions? options = null, BatchOptions? batch = null)
    {
        ArgumentNullException.ThrowIfNull(texts);
        options ??= new ScoringOptions();
        options.Validate();
        batch ??= new BatchOptions();
        batch.Validate();

        IReadOnlyList<string>[] words = [.. texts.Select((text, index) => NotNull(text, index, nameof(texts)))];
        int[][] ids = [.. words.Select(text => IdsOf(text, options.IncludeEndOfLine))];
        double[][] logProbabilities = [.. ids.Select(text => new double[text.Length])];
        // The last word of a text is scored but never read.
        ReadOnlyMemory<int>[] contexts = [.. ids.Select(text => text.AsMemory(0, Math.Max(0, text.Length - 1)))];
        TextBatches.Run(contexts, batch, capacity =>
        {
            var scorer = new BatchScorer(Network, capacity);
            return (batchContexts, places) => scorer.Score(batchContexts, places, ids, logProbabilities);
        });
        return [.. words.Select((text, index) => Score(text, ids[index], logProbabilities[index], options))];
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
