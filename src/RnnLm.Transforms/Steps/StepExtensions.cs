using Microsoft.ML;
using Microsoft.ML.Data;

namespace RnnLm.Transforms.Steps;

/// <summary>Built-in steps one after the other: what our components are made of, since only built-in steps can be saved.</summary>
internal static class StepExtensions
{
    /// <summary>The shape that the steps make of another.</summary>
    public static SchemaShape Propagate(this IEnumerable<IEstimator<ITransformer>> steps, SchemaShape schema)
        => steps.Aggregate(schema, (shape, step) => step.GetOutputSchema(shape));

    /// <summary>Fits the steps. None of them learns from data: only its schema is read.</summary>
    public static TransformerChain<ITransformer> FitAll(this IEnumerable<IEstimator<ITransformer>> steps, IDataView data)
    {
        var transformers = new List<ITransformer>();
        foreach (var step in steps)
        {
            var transformer = step.Fit(data);
            data = transformer.Transform(data);
            transformers.Add(transformer);
        }
        return new TransformerChain<ITransformer>([.. transformers]);
    }
}
