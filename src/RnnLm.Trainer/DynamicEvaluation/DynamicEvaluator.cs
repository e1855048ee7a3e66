using RnnLm.Scoring;
using RnnLm.Training;

namespace RnnLm;

/// <summary>Measures models that go on learning from what they have predicted: dynamic evaluation (Krause 2018).</summary>
public static class DynamicEvaluator
{
    /// <summary>
    /// Measures how well a model predicts a text as one stream, as <see cref="LanguageModel.Evaluate"/> does, while a copy of its weights learns from
    /// each window of words once they have been predicted. Its cache and n-gram model go along, and of an ensemble each member learns for itself. The model
    /// itself stays as it is. Weights of 8 bits are adapted as the single-precision numbers that they stand for.
    /// </summary>
    /// <remarks>
    /// It takes the memory of the weights once again (of two layers of 400 with 33,278 words 64 MB, and as much more for weights of 8 bits), of the gradients of
    /// the recurrent layers, and of the logits of a window. It takes several times as long as an evaluation without learning.
    /// </remarks>
    /// <param name="model">The model.</param>
    /// <param name="text">The text, in the model's vocabulary.</param>
    /// <param name="settings">How it learns; where null as <see cref="LanguageModel.DynamicEvaluation"/> says, or the defaults.</param>
    /// <param name="options">How the evaluation is run; the defaults where null. The number of threads changes figures by rounding only.</param>
    /// <exception cref="ArgumentException">The text has no words, or words that the vocabulary lacks; or the scales of the settings are of another network.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A setting or an option is out of range.</exception>
    /// <exception cref="NotSupportedException">The network has an adaptive softmax.</exception>
    /// <exception cref="NotFiniteNumberException">
    /// The weights have grown beyond all bounds, or the perplexity: the learning rate is too great.
    /// </exception>
    /// <exception cref="OperationCanceledException">The evaluation was cancelled.</exception>
    public static LanguageModelMetrics Evaluate(
        LanguageModel model, TokenStream text, DynamicEvaluation? settings = null, EvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(text);
        settings ??= model.DynamicEvaluation ?? new DynamicEvaluation();
        options ??= new EvaluationOptions();
        settings.Validate();
        options.Validate();
        CheckWords(text, model);
        using var adapted = new AdaptedMixture(model, text.Ids, settings, options.Threads ?? Environment.ProcessorCount);
        var tally = new PredictionTally();
        while (Next())
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            tally.Add(adapted.LogProbabilities, adapted.Ranks);
            options.Progress?.Report((double)adapted.Position / text.Count);
        }
        var metrics = tally.ToMetrics(text.Ids, EvaluationContext.OneStream).InWholeWords(text.Ids, model.Tokenizer, model.Vocabulary);
        return double.IsFinite(metrics.Perplexity)
            ? metrics
            : throw Divergence(null);

        bool Next()
        {
            try
            {
                return adapted.Next();
            }
            // What overflows before anything was learned is the network.
            catch (NotFiniteNumberException fault) when (adapted.Position > 0)
            {
                throw Divergence(fault);
            }
        }

        NotFiniteNumberException Divergence(Exception? fault)
            => new(FormattableString.Invariant($"Dynamic evaluation diverges at the learning rate {settings.LearningRate:G4}: ") + (settings.Scales is null
                ? "choose a lower one, as ModelTuner and rnnlm tune do."
                : "tune the model with gradients of more text, best that which it was trained on (TuningOptions.GradientText, rnnlm tune --gradients), or choose a lower one."), fault);
    }

    /// <summary>
    /// Measures how great the gradients of a model's weights are over a text, as <see cref="DynamicEvaluation.Scales"/> has them. Of the text it is trained
    /// on or of any like it a hundred thousand words are more than enough.
    /// </summary>
    /// <param name="model">The model; no ensemble, whose members have gradients of their own.</param>
    /// <param name="text">The text, in the model's vocabulary.</param>
    /// <param name="window">The number of words whose mean cross-entropy the gradients are of, as in <see cref="DynamicEvaluation.Window"/>; at least 1.</param>
    /// <param name="options">How it is run; the defaults where null.</param>
    /// <exception cref="ArgumentException">The text has no words, or words that the vocabulary lacks.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="NotSupportedException">The network has an adaptive softmax, or the model is an ensemble.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static GradientScales MeasureScales(LanguageModel model, TokenStream text, int window = 20, EvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(text);
        options ??= new EvaluationOptions();
        options.Validate();
        var settings = new DynamicEvaluation { Window = window };
        settings.Validate();
        if (model.Members.Count > 0) throw new NotSupportedException("An ensemble has no gradients of its own; measure those of its members.");
        AdaptedNetwork.Check(model.Shape, settings);
        CheckWords(text, model);
        return GradientMeasurement.Measure(model.Network, text.Ids, window, options);
    }

    /// <summary>Throws where a text has no words, or words that a model lacks.</summary>
    internal static void CheckWords(TokenStream text, LanguageModel model) => StreamEvaluation.Check(model.Vocabulary.Count, text.Ids, nameof(text));
}
