using System.Diagnostics.CodeAnalysis;
using RnnLm;
using RnnLm.Transforms.LanguageModels;

namespace Microsoft.ML;

/// <summary>Finds language models in fitted or loaded pipelines.</summary>
public static class LanguageModelTransformerExtensions
{
    /// <summary>The language model of a pipeline.</summary>
    /// <param name="transformer">A fitted or loaded pipeline, or one transformer.</param>
    /// <exception cref="InvalidOperationException">There is none in it, or more than one.</exception>
    /// <exception cref="InvalidDataException">What the pipeline carries for a language model was altered, or is of a newer version.</exception>
    /// <exception cref="ModelFormatException">The model in it was altered, or is of a newer version.</exception>
    public static LanguageModelTransformer GetLanguageModel(this ITransformer transformer)
    {
        ArgumentNullException.ThrowIfNull(transformer);
        return LanguageModelSearch.Choose(transformer, index: null).Model;
    }

    /// <summary>The language model of a pipeline, where there is exactly one.</summary>
    /// <param name="transformer">A fitted or loaded pipeline, or one transformer.</param>
    /// <param name="model">The language model.</param>
    /// <returns>Whether there is exactly one.</returns>
    /// <exception cref="InvalidDataException">What the pipeline carries for a language model was altered, or is of a newer version.</exception>
    /// <exception cref="ModelFormatException">The model in it was altered, or is of a newer version.</exception>
    public static bool TryGetLanguageModel(this ITransformer transformer, [NotNullWhen(true)] out LanguageModelTransformer? model)
    {
        var models = transformer.GetLanguageModels();
        model = models.Count == 1 ? models[0] : null;
        return model is not null;
    }

    /// <summary>All language models of a pipeline, in the order in which they run.</summary>
    /// <remarks>
    /// This is the first moment at which damage to a model in a pipeline shows: ML.NET loads a pipeline without asking its mappings, so that without it
    /// the first row is refused, not the file. Whoever loads a pipeline and wants to know at once asks for its language models.
    /// </remarks>
    /// <param name="transformer">A fitted or loaded pipeline, or one transformer.</param>
    /// <exception cref="InvalidDataException">What the pipeline carries for a language model was altered, or is of a newer version.</exception>
    /// <exception cref="ModelFormatException">The model in it was altered, or is of a newer version.</exception>
    public static IReadOnlyList<LanguageModelTransformer> GetLanguageModels(this ITransformer transformer)
    {
        ArgumentNullException.ThrowIfNull(transformer);
        return [.. LanguageModelSearch.FindAll(transformer).Select(found => found.Model)];
    }
}
