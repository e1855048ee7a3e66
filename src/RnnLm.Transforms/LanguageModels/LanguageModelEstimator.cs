using Microsoft.ML;
using RnnLm.Prediction;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.LanguageModels;
using RnnLm.Transforms.Steps;

namespace RnnLm;

/// <summary>Puts a language model that has been trained already into a pipeline.</summary>
/// <remarks>
/// <list type="table">
/// <listheader><term>Characteristic</term><description>Of this estimator</description></listheader>
/// <item><term>Does this estimator need to look at the data to train its parameters?</term><description>No</description></item>
/// <item><term>Input column data type</term><description>Text, vector of text (words), or vector of key whose <c>KeyValues</c> are text</description></item>
/// <item><term>Output column data type</term><description>As <see cref="LanguageModelColumns"/> names them: text, numbers, vectors of these</description></item>
/// <item><term>Exportable to ONNX</term><description>No; <c>ExportOnnx</c> of RnnLm.Onnx writes the model as a file of its own</description></item>
/// </list>
/// </remarks>
public sealed class LanguageModelEstimator : IEstimator<LanguageModelTransformer>
{
    private readonly MLContext mlContext;
    private readonly LanguageModel model;
    private readonly LanguageModelColumns columns;

    internal LanguageModelEstimator(MLContext mlContext, LanguageModel model, LanguageModelColumns columns)
    {
        columns.Validate();
        if (columns.Exclude.CountWordsLeft(model.Vocabulary) == 0)
            throw new ArgumentException("The vocabulary of the model has no word that could come next: it has special words alone, and they are excluded.", nameof(model));
        columns.ValidateFor(model);
        this.mlContext = mlContext;
        this.model = model;
        this.columns = columns.CopyColumns();
    }

    /// <summary>The schema with the model's columns.</summary>
    /// <param name="inputSchema">The schema of the data.</param>
    /// <exception cref="ArgumentOutOfRangeException">The input column is missing or of a type that a language model cannot read.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => Shape(mlContext, inputSchema, columns, model.Vocabulary);

    /// <summary>Makes the transformer. No row is read.</summary>
    /// <param name="input">The data.</param>
    /// <exception cref="ArgumentOutOfRangeException">The input column is missing or of a type that a language model cannot read.</exception>
    public LanguageModelTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return Fit(mlContext, input, columns, model);
    }

    internal static SchemaShape Shape(MLContext mlContext, SchemaShape schema, LanguageModelColumns columns, IReadOnlyList<string> vocabulary)
    {
        var kind = FindInput(ColumnDescription.Of(schema), columns);
        return LanguageModelSteps.Create(mlContext, kind, new OutputContext(columns, vocabulary, columns.NextWordCount, null), PayloadSteps.None(mlContext)).Propagate(schema);
    }

    internal static LanguageModelTransformer Fit(
        MLContext mlContext, IDataView data, LanguageModelColumns columns, LanguageModel model, TrainingResult? result = null)
    {
        var kind = FindInput(ColumnDescription.Of(data.Schema), columns);
        var payload = new LanguageModelPayload(model, kind, columns.CopyColumns());
        var context = new OutputContext(columns, model.Vocabulary, payload.NextWordCount, model.Shape) { FeatureNames = columns.FeatureNamesOf(model) };
        var steps = LanguageModelSteps.Create(mlContext, kind, context, PayloadSteps.Of(mlContext, payload));
        return new LanguageModelTransformer(steps.FitAll(data), payload, result);
    }

    /// <summary>What the input column holds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing, or of a type that not every column that is wanted can be made of.</exception>
    internal static InputKind FindInput(IReadOnlyList<ColumnDescription> data, LanguageModelColumns columns)
    {
        var kind = ColumnCheck.FindInput(data, columns.InputColumnName);
        if (kind != InputKind.Text && columns.Wanted.FirstOrDefault(output => output.NeedsText) is { } output) throw ColumnCheck.NotText(data, columns.InputColumnName, output.Option);
        columns.CheckCandidates(data);
        return kind;
    }
}
