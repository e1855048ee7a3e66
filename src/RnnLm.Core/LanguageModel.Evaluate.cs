using RnnLm.Mixtures;
using RnnLm.Scoring;

namespace RnnLm;

public sealed partial class LanguageModel
{
    /// <summary>
    /// Measures how well the model predicts a text as one stream: all lines joined, an end-of-line word after each, the state carried from the
    /// first word to the last, the first word predicted from an end-of-line word and a zero state, the unknown word counted like any other.
    /// Published perplexities are measured so. A cache, where the model has one, goes through the stream. The figures are the same bit for bit whatever the number of threads.
    /// </summary>
    /// <param name="text">The text, in the model's vocabulary.</param>
    /// <param name="options">How the evaluation is run; the defaults where null.</param>
    /// <exception cref="ArgumentException">The text has no words, or words that the vocabulary lacks.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="OperationCanceledException">The evaluation was cancelled.</exception>
    public LanguageModelMetrics Evaluate(TokenStream text, EvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Measure(text, EvaluationContext.OneStream, options ?? new EvaluationOptions());
    }

    /// <summary>
    /// Measures how well the model predicts a text line by line, each read from a fresh state. This is another measure than
    /// <see cref="Evaluate"/>; the two must not be compared.
    /// </summary>
    /// <param name="text">The text, in the model's vocabulary.</param>
    /// <param name="options">How the evaluation is run; the defaults where null.</param>
    /// <inheritdoc cref="Evaluate" path="/*[not(self::param)]"/>
    public LanguageModelMetrics EvaluateLinesApart(TokenStream text, EvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Measure(text, EvaluationContext.LinesApart, options ?? new EvaluationOptions());
    }

    private LanguageModelMetrics Measure(TokenStream text, EvaluationContext context, EvaluationOptions options)
    {
        var metrics = mixture is null ? StreamEvaluation.Measure(Network, text.Ids, context, options) : MixtureEvaluation.Measure(mixture, text.Ids, context, options);
        return metrics.InWholeWords(text.Ids, Tokenizer, Vocabulary);
    }
}
