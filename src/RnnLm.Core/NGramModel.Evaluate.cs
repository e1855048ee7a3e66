using RnnLm.Scoring;

namespace RnnLm;

public sealed partial class NGramModel
{
    /// <summary>
    /// Measures how well the model predicts a text line by line: each word from those before it in its line, the end-of-line word after each line too, the unknown
    /// word counted like any other. The figures are the same bit for bit whatever the number of threads.
    /// </summary>
    /// <param name="text">The text, in the model's vocabulary.</param>
    /// <param name="options">How the evaluation is run; the defaults where null.</param>
    /// <exception cref="ArgumentException">The text has no words, or words that the vocabulary lacks.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="OperationCanceledException">The evaluation was cancelled.</exception>
    public LanguageModelMetrics Evaluate(TokenStream text, EvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return NGramEvaluation.Measure(Table, text.Ids, options ?? new EvaluationOptions()).InWholeWords(text.Ids, Tokenizer, Vocabulary);
    }

    /// <summary>How probable a text is, word by word and as a whole, read from the beginning of a line.</summary>
    /// <param name="text">The text.</param>
    /// <param name="options">What is added up; the defaults where null.</param>
    /// <param name="cancellationToken">Ends it early, inside the text.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public TextScore Score(string text, ScoringOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        options ??= new ScoringOptions();
        options.Validate();
        var encoder = new TextEncoder(Tokenizer, Vocabulary, cancellationToken);
        encoder.AddText(text);
        var encoded = encoder.Build(options.IncludeEndOfLine);
        var measures = new WordMeasures(encoded.Ids.Length, options);
        NGramEvaluation.Score(Table, encoded.Ids, measures, cancellationToken);
        return TextScore.Of(new WordScores(encoded, measures, options), Tokenizer);
    }
}
