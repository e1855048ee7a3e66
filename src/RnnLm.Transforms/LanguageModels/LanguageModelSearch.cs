using Microsoft.ML;
using Microsoft.ML.Data;

namespace RnnLm.Transforms.LanguageModels;

/// <summary>Walks through chains in chains, in the order in which they run on data to score: steps that are for training alone are passed over.</summary>
internal static class LanguageModelSearch
{
    /// <summary>A language model, and the transformers that run before it.</summary>
    public readonly record struct Found(LanguageModelTransformer Model, IReadOnlyList<ITransformer> Before);

    public static IReadOnlyList<Found> FindAll(ITransformer transformer)
    {
        var found = new List<Found>();
        Walk(transformer, [], found);
        return found;
    }

    /// <summary>The language model with an index, or the only one.</summary>
    /// <exception cref="InvalidOperationException">There is no such language model, or more than one and no index.</exception>
    public static Found Choose(ITransformer transformer, int? index)
    {
        var found = FindAll(transformer);
        if (found.Count == 0)
            throw new InvalidOperationException(
                "There is no language model in this pipeline. RecurrentNetwork and FromModel of mlContext.LanguageModeling put one there.");
        if (index is null && found.Count > 1)
            throw new InvalidOperationException(
                $"There are {found.Count} language models in this pipeline; say which, or choose one of GetLanguageModels().");
        if (index < 0 || index >= found.Count)
            throw new InvalidOperationException(
                $"There is no language model with the index {index} in this pipeline; the number of them is {found.Count}, counted from 0.");
        return found[index ?? 0];
    }

    /// <summary>A pipeline in which another transformer stands for one of its language models. Steps that are for training alone are left out.</summary>
    /// <param name="transformer">The pipeline.</param>
    /// <param name="index">Which language model, or the only one.</param>
    /// <param name="replace">Makes the other.</param>
    /// <exception cref="InvalidOperationException">There is no such language model, or more than one and no index.</exception>
    public static ITransformer Replace(ITransformer transformer, int? index, Func<LanguageModelTransformer, LanguageModelTransformer> replace)
    {
        Choose(transformer, index);
        var next = 0;
        return Replaced(transformer);

        ITransformer Replaced(ITransformer step)
        {
            if (Recognize(step) is { } model) return next++ == (index ?? 0) ? replace(model) : step;
            return step is IEnumerable<ITransformer> chain ? new TransformerChain<ITransformer>([.. StepsOf(chain).Select(Replaced)]) : step;
        }
    }

    private static void Walk(ITransformer transformer, List<ITransformer> before, List<Found> found)
    {
        if (Recognize(transformer) is { } model)
        {
            found.Add(new Found(model, [.. before]));
            before.Add(transformer);
        }
        else if (transformer is IEnumerable<ITransformer> chain)
        {
            foreach (var step in StepsOf(chain)) Walk(step, before, found);
        }
        else
        {
            before.Add(transformer);
        }
    }

    /// <summary>The steps that score. No interface of ML.NET tells them, and the type of a chain depends on its last step.</summary>
    private static IEnumerable<ITransformer> StepsOf(IEnumerable<ITransformer> steps)
    {
        var type = steps.GetType();
        return type.IsConstructedGenericType && type.GetGenericTypeDefinition() == typeof(TransformerChain<>)
            ? (IEnumerable<ITransformer>)type.GetMethod(nameof(TransformerChain<ITransformer>.GetModelFor))!.Invoke(steps, [TransformerScope.Scoring])!
            : steps;
    }

    private static LanguageModelTransformer? Recognize(ITransformer transformer) => transformer switch
    {
        LanguageModelTransformer fresh => fresh,
        TransformerChain<ITransformer> chain when LanguageModelSteps.Find([.. chain]) is { } payload => new LanguageModelTransformer(chain, payload),
        _ => null,
    };
}
