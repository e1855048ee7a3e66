using RnnLm.Training;

namespace RnnLm;

/// <summary>Measures models that go on learning from what they have predicted: dynamic evaluation (Krause 2018).</summary>
public static class DynamicEvaluator
{
    /// <summary>
    /// Measures how well a model predicts a text as one stream, as <see cref="LanguageModel.Evaluate"/> does, while a copy of its weights learns from
    /// each window of words once they have been predicted. The model itself stays as it is. Weights of 8 bits are
    /// adapted as the single-precision numbers that they stand for.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="text">The text, in the model's vocabulary.</param>
    /// <param name="settings">How it learns; the defaults where null.</param>
    /// <param name="options">How the evaluation is run; the defaults where null. The number of threads changes figures by rounding only.</param>
    /// <exception cref="ArgumentException">The text has no words, or words that the vocabulary lacks; or the scales of the settings are of another network.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A setting or an option is out of range.</exception>
    /// <exception cref="NotSupportedException">The network has an adaptive softmax.</exception>
    /// <exception cref="NotFiniteNumberException">The weights have grown beyond all bounds: the learning rate is too great.</exception>
    /// <exception cref="OperationCanceledException">The evaluation was cancelled.</exception>
    public static LanguageModelMetrics Evaluate(
        LanguageModel model, TokenStream text, DynamicEvaluation? settings = null, EvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(text);
        settings ??= new DynamicEvaluation();
        options ??= new EvaluationOptions();
        settings.Validate();
        options.Validate();
        CheckWords(text, model);
        using var network = new AdaptedNetwork(model.Network.Weights, settings, options.Threads ?? Environment.ProcessorCount);
        var tally = new PredictionTally();
        var reader = new WindowReader(text.Ids, settings.Window);
        while (reader.Next())
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            network.Predict(reader.Window);
            tally.Add(network.Predicted);
            if (!reader.IsAtEnd) network.Learn();
            options.Progress?.Report((double)reader.Position / text.Count);
        }
        return tally.ToMetrics(text);
    }

    private static void CheckWords(TokenStream text, LanguageModel model)
    {
        if (text.Count == 0) throw new ArgumentException("The text has no words, so there is nothing to predict.", nameof(text));
        var size = model.Vocabulary.Count;
        if (text.Ids.Span.ContainsAnyExceptInRange(0, size - 1))
            throw new ArgumentException($"The text has words that are not in the vocabulary of {size} words: it belongs to another model.", nameof(text));
    }
}
