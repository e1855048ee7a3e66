using Microsoft.ML;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.LanguageModels;
using RnnLm.Transforms.Steps;

namespace RnnLm;

/// <summary>Puts a language model that has been trained already into a pipeline.</summary>
public sealed class LanguageModelEstimator : IEstimator<LanguageModelTransformer>
{
    private readonly MLContext mlContext;
    private readonly LanguageModel model;
    private readonly LanguageModelColumns columns;

    internal LanguageModelEstimator(MLContext mlContext, LanguageModel model, LanguageModelColumns columns)
    {
        columns.Validate();
        this.mlContext = mlContext;
        this.model = model;
        this.columns = columns.CopyColumns();
    }

    /// <summary>The schema with the model's columns.</summary>
    /// <param name="inputSchema">The schema of the data.</param>
    /// <exception cref="ArgumentException">The input column is missing or of a type that a language model cannot read.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => Shape(mlContext, inputSchema, columns);

    /// <summary>Makes the transformer. No row is read.</summary>
    /// <param name="input">The data.</param>
    /// <exception cref="ArgumentException">The input column is missing or of a type that a language model cannot read.</exception>
    public LanguageModelTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return Fit(mlContext, input, columns, model);
    }

    internal static SchemaShape Shape(MLContext mlContext, SchemaShape schema, LanguageModelColumns columns)
    {
        var kind = ColumnCheck.FindInput(ColumnDescription.Of(schema), columns.InputColumnName);
        return LanguageModelSteps.Create(mlContext, columns, kind, PayloadSteps.None(mlContext)).Propagate(schema);
    }

    internal static LanguageModelTransformer Fit(
        MLContext mlContext, IDataView data, LanguageModelColumns columns, LanguageModel model, TrainingResult? result = null)
    {
        var kind = ColumnCheck.FindInput(ColumnDescription.Of(data.Schema), columns.InputColumnName);
        var payload = new LanguageModelPayload(model, kind, columns.CopyColumns());
        var chain = LanguageModelSteps.Create(mlContext, columns, kind, PayloadSteps.Of(mlContext, payload)).FitAll(data);
        return new LanguageModelTransformer(chain, payload, result);
    }
}
