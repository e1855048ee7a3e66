using RnnLm.Scoring;
using RnnLm.Numerics;

namespace RnnLm;

/// <summary>Measures how well models predict texts. The figures are the same bit for bit whatever the number of threads.</summary>
public static class LanguageModelEvaluator
{
    /// <summary>
    /// Measures a model on a text as one stream: all lines joined, an end-of-line word after each, the state carried from the first word to
    /// the last, the first word predicted from an end-of-line word and a zero state, the unknown word counted like any other.
    /// Published perplexities are measured so.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="text">The text, in the model's vocabulary.</param>
    /// <param name="options">How the evaluation is run; the defaults where null.</param>
    /// <exception cref="ArgumentException">The text has no words, or words that the vocabulary lacks.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="OperationCanceledException">The evaluation was cancelled.</exception>
    public static LanguageModelMetrics Evaluate(LanguageModel model, TokenStream text, EvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(text);
        return Evaluate(model.Network, text.Ids, options);
    }

    /// <summary>Measures a network on one stream of words.</summary>
    /// <param name="network">The network.</param>
    /// <param name="ids">The words' ids.</param>
    /// <param name="options">How the evaluation is run; the defaults where null.</param>
    /// <inheritdoc cref="Evaluate(LanguageModel, TokenStream, EvaluationOptions)"/>
    public static LanguageModelMetrics Evaluate(Network network, ReadOnlyMemory<int> ids, EvaluationOptions? options = null)
        => Run(network, ids, separatesLines: false, options ?? new EvaluationOptions());

    /// <summary>
    /// Measures a model on a text line by line, each read from a fresh state. This is another measure than
    /// <see cref="Evaluate(LanguageModel, TokenStream, EvaluationOptions)"/>; the two must not be compared.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="text">The text, in the model's vocabulary.</param>
    /// <param name="options">How the evaluation is run; the defaults where null.</param>
    /// <inheritdoc cref="Evaluate(LanguageModel, TokenStream, EvaluationOptions)"/>
    public static LanguageModelMetrics EvaluateLinesApart(LanguageModel model, TokenStream text, EvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(text);
        return EvaluateLinesApart(model.Network, text.Ids, options);
    }

    /// <summary>Measures a network on lines of words, each read from a fresh state.</summary>
    /// <param name="network">The network.</param>
    /// <param name="ids">The words' ids, with an end-of-line word after each line.</param>
    /// <param name="options">How the evaluation is run; the defaults where null.</param>
    /// <inheritdoc cref="Evaluate(LanguageModel, TokenStream, EvaluationOptions)"/>
    public static LanguageModelMetrics EvaluateLinesApart(Network network, ReadOnlyMemory<int> ids, EvaluationOptions? options = null)
        => Run(network, ids, separatesLines: true, options ?? new EvaluationOptions());

    private static LanguageModelMetrics Run(Network network, ReadOnlyMemory<int> ids, bool separatesLines, EvaluationOptions options)
    {
        ArgumentNullException.ThrowIfNull(network);
        options.Validate();
        if (ids.IsEmpty) throw new ArgumentException("The text has no words, so there is nothing to predict.", nameof(ids));
        if (ids.Span.ContainsAnyExceptInRange(0, network.Shape.VocabularySize - 1))
            throw new ArgumentException($"The text has words that are not in the vocabulary of {network.Shape.VocabularySize} words: it belongs to another model.", nameof(ids));

        // More threads than blocks of words would only wait.
        var threads = Math.Min(options.Threads ?? Environment.ProcessorCount, 1 + (ids.Length / BlockPrediction.BlockLength));
        using var workers = new Workers(threads);
        var sums = new StreamEvaluation(network, ids, separatesLines, workers).Run(options.Progress, options.Cancellation);
        return new LanguageModelMetrics
        {
            Words = ids.Length,
            Unknown = ids.Span.Count(Vocabulary.UnknownId),
            CrossEntropy = sums.Loss / ids.Length,
            AccuracyAt1 = (double)sums.Best / ids.Length,
            AccuracyAt5 = (double)sums.AmongFive / ids.Length,
        };
    }
}
