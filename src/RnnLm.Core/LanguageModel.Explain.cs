using RnnLm.Faults;
using RnnLm.Reasons;
using RnnLm.Scoring;

namespace RnnLm;

public sealed partial class LanguageModel
{
    private static ScoringOptions WithoutEndOfLine => new() { IncludeEndOfLine = false };

    /// <summary>How much each word of a text moved the probability of the word that comes next: of the most probable one, or of one that the options name.</summary>
    /// <param name="text">The text, read from the beginning of a line; of an empty one nothing is to be explained.</param>
    /// <param name="options">Which prediction is explained, and how; where null that of the most probable word, by leaving out each word.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="ArgumentException">The word that the options name is not in the vocabulary.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range, or has no effect beside another.</exception>
    /// <exception cref="NotSupportedException">The method cannot explain what this model predicts, as that by gradients cannot where weights are of 8 bits.</exception>
    /// <exception cref="InvalidOperationException">Every word of the vocabulary is excluded.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Explanation Explain(string text, ExplanationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Explain(Encode(text, WithoutEndOfLine, cancellationToken), options, cancellationToken);
    }

    /// <summary>How much each of some words moved the probability of the word that comes next, as <see cref="Explain(string, ExplanationOptions, CancellationToken)"/> has it.</summary>
    /// <param name="words">The words; there may be none. Those that are null or empty are passed over.</param>
    /// <param name="options">Which prediction is explained, and how; where null that of the most probable word, by leaving out each word.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <inheritdoc cref="Explain(string, ExplanationOptions, CancellationToken)" path="/*[not(self::param)]"/>
    public Explanation Explain(IEnumerable<string?> words, ExplanationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(words);
        return Explain(Encode(words, WithoutEndOfLine, cancellationToken), options, cancellationToken);
    }

    /// <summary>Throws where a method cannot explain what this model predicts, or the model lacks the word that is to be explained.</summary>
    /// <exception cref="NotSupportedException">The method cannot.</exception>
    /// <exception cref="ArgumentException">The word is not in the vocabulary.</exception>
    internal void CheckExplanation(ExplanationOptions options)
    {
        options.Method.Check(mixture is null ? Network : null);
        if (options.Word is { } word) CheckExplained(word, Tokenizer, Vocabulary);
    }

    /// <summary>Throws where a model of these parts lacks a word that is to be explained.</summary>
    /// <exception cref="ArgumentException">The word is not in the vocabulary.</exception>
    internal static void CheckExplained(string word, Tokenizer tokenizer, Vocabulary vocabulary)
        => IdsOfExplained(word, isFirst: false, tokenizer, vocabulary, CancellationToken.None);

    /// <summary>How much each of some words, which are shown as the vocabulary has them, moved the probability of the word that comes next.</summary>
    /// <param name="ids">The words' ids.</param>
    /// <param name="options">Which prediction is explained, and how.</param>
    internal Explanation Explain(int[] ids, ExplanationOptions options) => Explain(ids, place => Vocabulary[ids[place]], options, CancellationToken.None);

    /// <summary>The word whose probability would be explained after some words.</summary>
    internal string ExplainedWord(int[] ids, ExplanationOptions options) => TextOf(ExplainedIds(ids, options, CancellationToken.None));

    private Explanation Explain(EncodedText context, ExplanationOptions? options, CancellationToken cancellationToken)
        => Explain(context.Ids, context.WordAt, options, cancellationToken);

    private Explanation Explain(int[] context, Func<int, string> wordAt, ExplanationOptions? options, CancellationToken cancellationToken)
    {
        options ??= new ExplanationOptions();
        options.Validate();
        var network = mixture is null ? Network : null;
        options.Method.Check(network);
        var target = ExplainedIds(context, options, cancellationToken);
        var logProbability = LogProbabilitiesAfter([context], target, new BatchOptions { Threads = 1, CancellationToken = cancellationToken })[0];

        var words = WordSpans(context);
        var first = Math.Max(0, words.Length - (options.LastWords ?? words.Length));
        var influences = options.Method.Measure(new ExplainedPrediction(
            context, words[first..], target, logProbability, network, (contexts, batch) => LogProbabilitiesAfter(contexts, target, batch), cancellationToken));
        return new Explanation(TextOf(target), logProbability, options.Method.Name, [.. influences.Select((influence, index) => InfluenceOf(first + index, influence))]);

        WordInfluence InfluenceOf(int place, (double Nats, double Probability) influence)
        {
            var (start, end) = words[place];
            var word = SpellWord([.. Enumerable.Range(start, end - start).Select(wordAt)]);
            return new WordInfluence(word, end - start == 1 ? context[start] : -1, place, influence.Nats, influence.Probability);
        }
    }

    private int[] ExplainedIds(int[] context, ExplanationOptions options, CancellationToken cancellationToken)
    {
        if (options.Word is { } word) return IdsOfExplained(word, isFirst: context.Length == 0, Tokenizer, Vocabulary, cancellationToken);
        var state = Start(context, cancellationToken);
        if (!HasSubwords) return [NextWordId(state, options.Exclude)];
        return NextWords(state, 1, options.Exclude) is [var next, ..] ? [.. next.PieceIds] : throw NothingToPredict();
    }

    private string TextOf(int[] ids)
    {
        string[] words = [.. ids.Select(id => Vocabulary[id])];
        return HasSubwords ? SpellWord(words) : words is [var only] ? only : Tokenizer.Join(words);
    }

    /// <summary>The log-probability of words that follow one another, after each of many contexts.</summary>
    private double[] LogProbabilitiesAfter(IReadOnlyList<int[]> contexts, int[] target, BatchOptions batch)
        => ScoreEndings([.. contexts.Select(context => (int[])[.. context, .. target])], [.. contexts.Select(context => context.Length)], batch);

    private static int[] IdsOfExplained(string word, bool isFirst, Tokenizer tokenizer, Vocabulary vocabulary, CancellationToken cancellationToken)
    {
        var isWhole = vocabulary.Contains(word) && (!tokenizer.SplitsWords || vocabulary.IdOf(word) <= Vocabulary.EndOfLineId);
        // Of pieces, the space before a word is part of it.
        var words = isWhole ? [word]
            : tokenizer.SplitsWords && !isFirst ? tokenizer.WordsBehind(word)
            : tokenizer.Tokenize(tokenizer.LineOf(word).ToString(), cancellationToken);
        int[] ids = [.. words.Select(part => vocabulary.IdOf(part))];
        return ids.Length > 0 && (!ids.Contains(Vocabulary.UnknownId) || vocabulary.Contains(word))
            ? ids
            : throw new ArgumentException($"{nameof(ExplanationOptions.Word)} is {Quotation.Of(word)}; it must be in the vocabulary of the model, or made of words that are.");
    }
}
