using RnnLm.Mixtures;
using RnnLm.Scoring;

namespace RnnLm;

public sealed partial class LanguageModel
{
    /// <summary>How probable a text is, word by word and as a whole, read from the beginning of a line. Of a model of subwords, words are whole ones.</summary>
    /// <param name="text">The text.</param>
    /// <param name="options">What is added up; the defaults where null.</param>
    /// <param name="cancellationToken">Ends it early, inside the text.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public TextScore Score(string text, ScoringOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        options = Checked(options);
        return Score(Encode(text, options, cancellationToken), options, cancellationToken);
    }

    /// <summary>How probable a row of words is, word by word and as a whole, read from the beginning of a line.</summary>
    /// <param name="words">The words, without the end-of-line word. Those that are null or empty are passed over.</param>
    /// <param name="options">What is added up; the defaults where null.</param>
    /// <param name="cancellationToken">Ends it early, inside the text.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public TextScore Score(IEnumerable<string?> words, ScoringOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(words);
        options = Checked(options);
        return Score(Encode(words, options, cancellationToken), options, cancellationToken);
    }

    /// <summary>
    /// How probable many texts are, as <see cref="Score(string, ScoringOptions, CancellationToken)"/> has it for each: the hypotheses of a speech recogniser or a
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
        return ScoreMany(texts, Encode, Checked(options), batch);
    }

    /// <summary>How probable many rows of words are, as <see cref="Score(IEnumerable{string}, ScoringOptions, CancellationToken)"/> has it for each.</summary>
    /// <param name="texts">The words of each text, without the end-of-line word. Those that are null or empty are passed over.</param>
    /// <param name="options">What is added up; the defaults where null.</param>
    /// <param name="batch">How many threads; the defaults where null.</param>
    /// <inheritdoc cref="ScoreMany(IEnumerable{string}, ScoringOptions, BatchOptions)" path="/*[not(self::param)]"/>
    public IReadOnlyList<TextScore> ScoreMany(IEnumerable<IReadOnlyList<string?>> texts, ScoringOptions? options = null, BatchOptions? batch = null)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return ScoreMany(texts, Encode, Checked(options), batch);
    }

    /// <summary>Reads words and gives the log-probability that each had before it was read.</summary>
    /// <param name="words">The words' ids.</param>
    /// <param name="state">What was read before; moved on by all words.</param>
    /// <param name="logProbabilities">Receives their natural logarithms, as many as there are words.</param>
    /// <param name="cancellationToken">Ends it early, inside the text; the state has then read some of the words.</param>
    /// <returns>Their sum: the logarithm of the probability that these words follow one another.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no word of one of the ids.</exception>
    /// <exception cref="ArgumentException">The destination is too short, or the state belongs to another model.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public double Score(ReadOnlySpan<int> words, RecurrentState state, Span<double> logProbabilities, CancellationToken cancellationToken = default)
    {
        if (mixture is null) return Network.Score(words, state, logProbabilities, cancellationToken);
        if (logProbabilities.Length < words.Length)
            throw new ArgumentException($"The destination has room for {logProbabilities.Length} values; there are {words.Length} words.", nameof(logProbabilities));
        foreach (var word in words) Network.Check(word);
        Check(state);
        var sum = 0.0;
        for (var i = 0; i < words.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            sum += logProbabilities[i] = mixture.LogProbability(words[i], state);
            Network.Step(words[i], state);
        }
        return sum;
    }

    /// <summary>Scores the words of a line as <see cref="Score(string, ScoringOptions, CancellationToken)"/> does.</summary>
    /// <param name="words">The words' ids.</param>
    /// <param name="start">A state at the beginning of the line, which may be moved on.</param>
    /// <param name="logProbabilities">Receives their natural logarithms, as many as there are words.</param>
    /// <returns>Their sum.</returns>
    internal double ScoreLine(ReadOnlyMemory<int> words, RecurrentState start, double[] logProbabilities)
    {
        if (mixture is null) return Network.Score(words.Span, start, logProbabilities);
        MixtureEvaluation.Score(mixture, words, logProbabilities, CancellationToken.None);
        var sum = 0.0;
        for (var i = 0; i < words.Length; i++) sum += logProbabilities[i];
        return sum;
    }

    /// <summary>Measures the words of a line: their log-probabilities, ranks and entropies as far as they are asked for.</summary>
    /// <param name="words">The words' ids.</param>
    /// <param name="start">A state at the beginning of the line, which may be moved on.</param>
    /// <param name="measures">Receives what is found, of as many words.</param>
    /// <param name="cancellationToken">Ends it early, inside the text.</param>
    internal void MeasureLine(int[] words, RecurrentState start, WordMeasures measures, CancellationToken cancellationToken = default)
    {
        if (mixture is not null) MixtureEvaluation.Score(mixture, words, measures, cancellationToken);
        else if (measures.NeedDistributions) DistributionScorer.Score(Network, words, start, measures, cancellationToken);
        else Network.ScoreUpToLast(words, start, measures.LogProbabilities, cancellationToken);
    }

    private TextScore Score(EncodedText text, ScoringOptions options, CancellationToken cancellationToken)
    {
        var measures = new WordMeasures(text.Ids.Length, options);
        MeasureLine(text.Ids, Start(), measures, cancellationToken);
        return TextScore.Of(new WordScores(text, measures, options), Tokenizer);
    }

    private TextScore[] ScoreMany<T>(
        IEnumerable<T> texts, Func<T, ScoringOptions, CancellationToken, EncodedText> encode, ScoringOptions options, BatchOptions? batch) where T : class
    {
        batch ??= new BatchOptions();
        batch.Validate();

        EncodedText[] encoded = [.. texts.Select((text, index) => encode(NotNull(text, index, nameof(texts)), options, batch.CancellationToken))];
        int[][] ids = [.. encoded.Select(text => text.Ids)];
        WordMeasures[] measures = [.. ids.Select(text => new WordMeasures(text.Length, options))];
        if (options.IncludeRanks || options.IncludeEntropies)
            ForEachText(ids.Length, batch, index => MeasureLine(ids[index], Start(), measures[index], batch.CancellationToken));
        else
            ScoreAll(ids, start: null, [.. measures.Select(text => text.LogProbabilities)], batch);
        return [.. encoded.Select((text, index) => TextScore.Of(new WordScores(text, measures[index], options), Tokenizer))];
    }

    /// <summary>Gives the words of many texts their log-probabilities; what several begin with is read once.</summary>
    /// <param name="ids">The words' ids of each text.</param>
    /// <param name="start">What was read before every text, left as it is; null for the beginning of a line.</param>
    /// <param name="logProbabilities">Receives their natural logarithms, for each text as many as it has words.</param>
    /// <param name="batch">How many threads.</param>
    private void ScoreAll(int[][] ids, RecurrentState? start, double[][] logProbabilities, BatchOptions batch)
    {
        if (mixture is null) BatchScoring.Score(Network, start?.States, ids, logProbabilities, batch);
        else if (MixtureBatch.Takes(mixture)) MixtureBatch.Score(mixture, start, ids, logProbabilities, batch);
        else if (start is not null) MixtureWalk.Score(mixture, start, ids, logProbabilities, batch.CancellationToken);
        else ForEachText(ids.Length, batch, index => MixtureEvaluation.Score(mixture, ids[index], logProbabilities[index], batch.CancellationToken));
    }

    private EncodedText Encode(string text, ScoringOptions options, CancellationToken cancellationToken)
    {
        var encoder = new TextEncoder(Tokenizer, Vocabulary, cancellationToken);
        encoder.AddText(text);
        return encoder.Build(options.IncludeEndOfLine);
    }

    private EncodedText Encode(IEnumerable<string?> words, ScoringOptions options, CancellationToken cancellationToken)
    {
        var encoder = new TextEncoder(Tokenizer, Vocabulary, cancellationToken);
        foreach (var word in Tokenizer.WordsOf(words)) encoder.Add(word);
        return encoder.Build(options.IncludeEndOfLine);
    }

    private static ScoringOptions Checked(ScoringOptions? options)
    {
        options ??= new ScoringOptions();
        options.Validate();
        return options;
    }
}
