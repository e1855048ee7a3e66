using RnnLm.Batches;

namespace RnnLm;

public sealed partial class LanguageModel
{
    /// <summary>
    /// How probable many texts are, as <see cref="Score(string, ScoringOptions)"/> has it for each: the hypotheses of a speech recogniser or a
    /// translator to be ranked anew, or the lines of a file. They are read together, and what several begin with is read once, so it is many
    /// times faster than one by one.
    /// </summary>
    /// <param name="texts">The texts.</param>
    /// <param name="options">What is added up; the defaults where null.</param>
    /// <param name="batch">How many threads; the defaults where null.</param>
    /// <returns>The score of each text, in the order of the texts; within rounding those of one by one, and the same whatever the number of threads.</returns>
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
            var scorer = new TextScorer(Network, capacity);
            return (batchContexts, places) => scorer.Score(batchContexts, places, ids, logProbabilities);
        });
        return [.. words.Select((text, index) => Score(text, ids[index], logProbabilities[index], options))];
    }

    /// <summary>
    /// The words most likely to come next after each of many texts, as <see cref="NextWords(string, int, SpecialWords)"/> has it for each. They
    /// are read together, and what several begin with is read once, so it is many times faster than one by one.
    /// </summary>
    /// <param name="prompts">The texts; any may be empty.</param>
    /// <param name="count">How many words, from 1 to the vocabulary's size; there are fewer where excluded words leave fewer.</param>
    /// <param name="exclude">The words that are never predicted. Probabilities are not scaled to make up for them.</param>
    /// <param name="batch">How many threads; the defaults where null.</param>
    /// <returns>The words for each text, in the order of the texts; within rounding those of one by one, and the same whatever the number of threads.</returns>
    /// <exception cref="ArgumentException">A text is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1 or above the vocabulary's size, or an option is out of range.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public IReadOnlyList<NextWordPredictions> NextWordsMany(
        IEnumerable<string> prompts, int count = 5, SpecialWords exclude = SpecialWords.Unknown, BatchOptions? batch = null)
    {
        ArgumentNullException.ThrowIfNull(prompts);
        CheckCount(count);
        batch ??= new BatchOptions();
        batch.Validate();

        ReadOnlyMemory<int>[] ids = [.. prompts.Select(
            (prompt, index) => (ReadOnlyMemory<int>)IdsOf(Tokenizer.Tokenize(NotNull(prompt, index, nameof(prompts))), withEndOfLine: false))];
        var results = new NextWordPredictions[ids.Length];
        TextBatches.Run(ids, batch, capacity =>
        {
            var reader = new PromptReader(Network, new NextWordFinder(this, count, exclude), capacity);
            return (batchPrompts, places) => reader.Predict(batchPrompts, places, results);
        });
        return results;
    }

    private int[] IdsOf(IReadOnlyList<string> words, bool withEndOfLine)
    {
        var ids = new int[words.Count + (withEndOfLine ? 1 : 0)];
        for (var i = 0; i < words.Count; i++) ids[i] = Vocabulary.IdOf(words[i]);
        if (withEndOfLine) ids[^1] = Vocabulary.EndOfLineId;
        return ids;
    }

    private static T NotNull<T>(T? text, int index, string parameter) where T : class
        => text ?? throw new ArgumentException($"The text at index {index} is null; an empty text is \"\" or a list without words.", parameter);
}
