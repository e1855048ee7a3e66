using Microsoft.ML;

namespace RnnLm.Transforms.Tests;

/// <summary>An estimator that keeps the shape it is asked about, which only ML.NET can make of data.</summary>
internal sealed class ShapeWatcher : IEstimator<ITransformer>
{
    private readonly MLContext mlContext = new();

    public SchemaShape? Shape { get; private set; }

    /// <summary>The shape of data.</summary>
    public static SchemaShape ShapeOf(IDataView data)
    {
        var watcher = new ShapeWatcher();
        new Microsoft.ML.Data.EstimatorChain<ITransformer>().Append(watcher).Fit(data);
        return watcher.Shape!;
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => Shape = inputSchema;

    public ITransformer Fit(IDataView input) => mlContext.Transforms.SelectColumns(input.Schema[0].Name).Fit(input);
}
