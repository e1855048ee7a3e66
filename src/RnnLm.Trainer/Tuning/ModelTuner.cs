using RnnLm.Training;

namespace RnnLm;

/// <summary>
/// Finds what a trained model predicts a text better with, without training it: a cache, interpolation with an n-gram model, and dynamic evaluation, each
/// alone and all together.
/// </summary>
public static class ModelTuner
{
    /// <summary>Tunes a model; what it has of these is found anew. The model itself stays as it is.</summary>
    /// <param name="model">The model.</param>
    /// <param name="validation">The text to predict, in the model's vocabulary; one that the model was not trained on.</param>
    /// <param name="options">What is tried; the defaults where null.</param>
    /// <exception cref="ArgumentException">A text has no words, or words that the vocabulary lacks; or the n-gram model has other words; or there is a text for the gradients of an ensemble.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="NotSupportedException">Dynamic evaluation is to be tried, and the network has an adaptive softmax.</exception>
    /// <exception cref="NotFiniteNumberException">The perplexity of the network alone is not finite.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before anything was found.</exception>
    public static TuningResult Tune(LanguageModel model, TokenStream validation, TuningOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(validation);
        options ??= new TuningOptions();
        options.Validate();
        DynamicEvaluator.CheckWords(validation, model);
        if (options.GradientText is not null && model.Members.Count > 0)
            throw new ArgumentException($"{nameof(TuningOptions.GradientText)} is given; an ensemble goes on learning without gradients measured before, so it must be null.", nameof(options));
        // Its words are compared before anything is tried.
        if (options.NGram is { } nGram) _ = model.With(new NGramInterpolation { Model = nGram, Weight = 0 });
        if (options.GradientText is { } text) DynamicEvaluator.CheckWords(text, model);
        if (options.Dynamic)
        {
            foreach (var network in model.Networks) AdaptedNetwork.Check(network.Shape, new DynamicEvaluation());
        }
        return new TuningRun(model, validation.Beginning(options.Words), options).Run();
    }
}
