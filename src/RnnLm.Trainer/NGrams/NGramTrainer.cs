using RnnLm.Training;

namespace RnnLm;

/// <summary>
/// Makes an n-gram model out of text by interpolated modified Kneser-Ney smoothing (Chen &amp; Goodman 1999). Lines are apart: a word is predicted from those before
/// it in its line, and from the beginning of the line where that is near enough. The end-of-line word is predicted after each line.
/// </summary>
/// <remarks>
/// The unknown word is counted like any other. A word of the vocabulary that the text lacks has its share of what is taken from the counts of the others, as if it
/// were one of as many equally probable words as the vocabulary has. Where an order has too few n-grams to tell the three discounts, they are 0.5, 1 and 1.5:
/// <see cref="NGramModel.Training"/> says what they are.
/// </remarks>
public static class NGramTrainer
{
    private const int WordsAtOnce = 1 << 16;

    /// <summary>Makes a model and its vocabulary. The text is read once; it takes 4 bytes a word. Null lines are skipped.</summary>
    /// <param name="tokenizer">What splits text into words; it becomes part of the model.</param>
    /// <param name="corpus">The lines to learn.</param>
    /// <param name="options">How the model is estimated; null means the defaults.</param>
    /// <param name="vocabularyOptions">How the vocabulary is cut; null means every word.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="TrainingDataException">There is nothing to learn from.</exception>
    /// <exception cref="IOException">A temporary file cannot be written; the message names its folder.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static NGramModel Train(Tokenizer tokenizer, IEnumerable<string?> corpus, NGramOptions? options = null, VocabularyOptions? vocabularyOptions = null)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(corpus);
        options = Checked(options);
        vocabularyOptions?.Validate();
        var builder = new TokenStreamBuilder(tokenizer) { CancellationToken = options.CancellationToken };
        foreach (var line in corpus) builder.Add(line);
        var vocabulary = TrainingText.VocabularyOf(builder, vocabularyOptions);
        return Train(tokenizer, vocabulary, builder.Build(vocabulary), options);
    }

    /// <summary>
    /// Makes a model of a vocabulary that there is, such as a network's with which it is to be interpolated. The text is read once and not kept. Null lines are
    /// skipped.
    /// </summary>
    /// <param name="tokenizer">What splits text into words; it becomes part of the model.</param>
    /// <param name="vocabulary">The words.</param>
    /// <param name="corpus">The lines to learn.</param>
    /// <param name="options">How the model is estimated; null means the defaults.</param>
    /// <inheritdoc cref="Train(Tokenizer, IEnumerable{string?}, NGramOptions?, VocabularyOptions?)" path="/*[not(self::param)]"/>
    public static NGramModel Train(Tokenizer tokenizer, Vocabulary vocabulary, IEnumerable<string?> corpus, NGramOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(vocabulary);
        ArgumentNullException.ThrowIfNull(corpus);
        options = Checked(options);
        return Train(tokenizer, vocabulary, TokenStreamEncoder.InPieces(tokenizer, vocabulary, corpus, WordsAtOnce, options.CancellationToken), options);
    }

    /// <summary>Makes a model of text that has been made into word ids.</summary>
    /// <param name="tokenizer">What split the text into words; it becomes part of the model.</param>
    /// <param name="vocabulary">The words.</param>
    /// <param name="corpus">The text to learn, with ids of <paramref name="vocabulary"/>.</param>
    /// <param name="options">How the model is estimated; null means the defaults.</param>
    /// <inheritdoc cref="Train(Tokenizer, IEnumerable{string?}, NGramOptions?, VocabularyOptions?)" path="/*[not(self::param)]"/>
    public static NGramModel Train(Tokenizer tokenizer, Vocabulary vocabulary, TokenStream corpus, NGramOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(vocabulary);
        ArgumentNullException.ThrowIfNull(corpus);
        if (corpus.Ids.Span.ContainsAnyExceptInRange(0, vocabulary.Count - 1))
            throw new TrainingDataException($"The corpus has word ids outside the vocabulary of {vocabulary.Count} words. Build it with this vocabulary.");
        return Train(tokenizer, vocabulary, [corpus], Checked(options));
    }

    private static NGramModel Train(Tokenizer tokenizer, Vocabulary vocabulary, IEnumerable<TokenStream> corpus, NGramOptions options)
    {
        var (order, cancellation) = (options.Order, options.CancellationToken);
        var folder = Path.GetFullPath(options.TemporaryFolder ?? Path.GetTempPath());
        SortedRun.RemoveLeft(folder);
        var memory = options.MemoryLimit * (1L << 20) / 2; // while the counts are adjusted, there are those before and those after
        using var adjusted = new AdjustedCounts(order, vocabulary.Count, memory, folder, cancellation);
        long words, lines;
        using (var counter = new NGramCounter(order, vocabulary.Count, memory, folder, cancellation))
        {
            foreach (var stream in corpus)
            {
                cancellation.ThrowIfCancellationRequested();
                counter.Add(stream.Ids.Span);
            }
            (words, lines) = (counter.Words, counter.Lines);
            if (words == lines) throw new TrainingDataException($"The corpus has no words: {lines} blank lines. Give at least one word.");
            using var counts = counter.InOrder();
            adjusted.Add(counts, cancellation);
        }
        Discounts[] discounts = [.. adjusted.CountsOfCounts.Skip(1).Select(counts => Discounts.Of(counts))];
        return new NGramModel(tokenizer, vocabulary, KneserNeyEstimation.Estimate(adjusted, order, discounts, cancellation), Record(discounts, words, lines));
    }

    private static TrainingRecord Record(Discounts[] discounts, long words, long lines)
    {
        var entries = new Dictionary<string, string> { ["smoothing"] = "interpolated modified Kneser-Ney", ["order"] = Invariant($"{discounts.Length}") };
        for (var n = 1; n <= discounts.Length; n++) entries.Add(Invariant($"discounts_{n}"), discounts[n - 1].ToString());
        return new TrainingRecord { Options = entries, Figures = new Dictionary<string, double> { ["training_words"] = words, ["training_lines"] = lines } };
    }

    private static NGramOptions Checked(NGramOptions? options)
    {
        options ??= new NGramOptions();
        options.Validate();
        return options;
    }
}
