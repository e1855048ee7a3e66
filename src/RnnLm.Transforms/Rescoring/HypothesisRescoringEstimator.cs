using Microsoft.ML;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.Rescoring;
using RnnLm.Transforms.Steps;

namespace RnnLm;

/// <summary>Puts the hypotheses of each row into a new order, in which a language model has a say. The model is saved with the pipeline.</summary>
/// <remarks>
/// <list type="table">
/// <listheader><term>Characteristic</term><description>Of this estimator</description></listheader>
/// <item><term>Does this estimator need to look at the data to train its parameters?</term><description>No</description></item>
/// <item><term>Input column data type</term><description>Vector of text, the hypotheses, and vector of <see cref="float"/>, their scores</description></item>
/// <item><term>Output column data type</term><description>The same in the new order, and text, the best hypothesis</description></item>
/// <item><term>Exportable to ONNX</term><description>No</description></item>
/// </list>
/// </remarks>
public sealed class HypothesisRescoringEstimator : IEstimator<ITransformer>
{
    private readonly MLContext mlContext;
    private readonly RescoringModel model;
    private readonly RescoringColumns columns;

    internal HypothesisRescoringEstimator(MLContext mlContext, RescoringModel model, RescoringColumns columns)
    {
        columns.Validate();
        this.mlContext = mlContext;
        this.model = model;
        this.columns = columns.Clone();
    }

    /// <summary>The schema with the columns wanted.</summary>
    /// <param name="inputSchema">The schema of the data.</param>
    /// <exception cref="ArgumentOutOfRangeException">An input column is missing or of another type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        var described = ColumnDescription.Of(inputSchema);
        Check(described);
        return Steps(PayloadSteps.None(mlContext), SizeIn(described)).Propagate(inputSchema);
    }

    /// <summary>Makes the transformer. No row is read.</summary>
    /// <param name="input">The data.</param>
    /// <exception cref="ArgumentOutOfRangeException">An input column is missing or of another type.</exception>
    public ITransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var described = ColumnDescription.Of(input.Schema);
        Check(described);
        var size = SizeIn(described);
        var payload = new RescoringPayload(model, columns, size);
        return new CheckedTransformer(Steps(PayloadSteps.Of(mlContext, payload), size).FitAll(input), schema =>
        {
            var given = ColumnDescription.Of(schema);
            Check(given);
            if (size > 0) ColumnCheck.RequireSize(given, columns.HypothesesColumnName, size);
        });
    }

    private void Check(IReadOnlyList<ColumnDescription> described)
    {
        ColumnCheck.RequireTexts(described, columns.HypothesesColumnName);
        ColumnCheck.RequireNumbers(described, columns.ScoresColumnName);
    }

    /// <summary>The size of the vectors; 0 where it varies, or is greater than one of which parts are made.</summary>
    private int SizeIn(IReadOnlyList<ColumnDescription> described)
        => ColumnDescription.SizeOf(described, columns.HypothesesColumnName) is var size and <= VectorParts.MaximumSize ? size : 0;

    private IEnumerable<IEstimator<ITransformer>> Steps(IEnumerable<IEstimator<ITransformer>> payload, int size)
    {
        MappingStep rescore = size > 0 ? RescoreInVectorMapping.Step : RescoreMapping.Step;
        return
        [
            .. payload,
            .. InputSteps.Create(mlContext, PrivateColumns.Words, columns.HypothesesColumnName, InputKind.Words),
            mlContext.Transforms.CopyColumns(RescoringInput.ScoresColumn, columns.ScoresColumnName),
            rescore.Create(mlContext),
            .. Output(columns.RescoredHypothesesColumnName, name => size > 0
                ? VectorParts.Join(mlContext, name, WordParts.Prefix, size)
                : mlContext.Transforms.CopyColumns(name, RescoreMapping.Output.HypothesesColumn)),
            .. Output(columns.RescoredScoresColumnName, name => size > 0
                ? VectorParts.Join(mlContext, name, WordAndProbabilityParts.Prefix, size)
                : mlContext.Transforms.CopyColumns(name, RescoreMapping.Output.ScoresColumn)),
            .. Output(columns.BestHypothesisColumnName, name => mlContext.Transforms.CopyColumns(name, RescoreMapping.Output.BestColumn)),
            mlContext.Transforms.DropColumns(
            [
                .. InputSteps.ColumnsOf(PrivateColumns.Words, InputKind.Words), RescoringInput.ScoresColumn, PrivateColumns.PayloadKey, PrivateColumns.Payload,
                .. rescore.OutputColumns,
            ]),
        ];
    }

    private static IEnumerable<IEstimator<ITransformer>> Output(string? name, Func<string, IEstimator<ITransformer>> create) => name is null ? [] : [create(name)];
}
