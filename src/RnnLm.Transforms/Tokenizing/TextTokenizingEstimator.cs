using Microsoft.ML;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.Steps;
using RnnLm.Transforms.Tokenizing;

namespace RnnLm;

/// <summary>Splits columns of text into words, by a tokenizer that is saved with the pipeline.</summary>
public sealed class TextTokenizingEstimator : IEstimator<ITransformer>
{
    private readonly MLContext mlContext;
    private readonly ColumnPairs columns;
    private readonly Tokenizer tokenizer;

    internal TextTokenizingEstimator(MLContext mlContext, IEnumerable<InputOutputColumnPair> columns, Tokenizer tokenizer)
    {
        this.mlContext = mlContext;
        this.columns = new ColumnPairs(columns);
        this.tokenizer = tokenizer;
    }

    /// <summary>The schema with the columns of words: vectors of text, of a size that varies from row to row.</summary>
    /// <param name="inputSchema">The schema of the data.</param>
    /// <exception cref="ArgumentOutOfRangeException">An input column is missing or is not text.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        columns.Check(ColumnDescription.Of(inputSchema), InputKind.Text);
        return Steps(PayloadSteps.None(mlContext)).Propagate(inputSchema);
    }

    /// <summary>Makes the transformer. No row is read.</summary>
    /// <param name="input">The data.</param>
    /// <exception cref="ArgumentOutOfRangeException">An input column is missing or is not text.</exception>
    public ITransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        columns.Check(ColumnDescription.Of(input.Schema), InputKind.Text);
        return new CheckedTransformer(
            Steps(PayloadSteps.Of(mlContext, new TokenizerPayload(tokenizer))).FitAll(input),
            schema => columns.Check(ColumnDescription.Of(schema), InputKind.Text));
    }

    private IEnumerable<IEstimator<ITransformer>> Steps(IEnumerable<IEstimator<ITransformer>> payload) => PairSteps.Create(mlContext, columns, (_, output, input) =>
    [
        .. payload,
        .. InputSteps.Create(mlContext, PrivateColumns.Text, input, InputKind.Text),
        TokenizeTextMapping.Step.Create(mlContext),
        mlContext.Transforms.CopyColumns(output, PrivateColumns.OutputWords),
        mlContext.Transforms.DropColumns(
        [
            .. InputSteps.ColumnsOf(PrivateColumns.Text, InputKind.Text), PrivateColumns.PayloadKey, PrivateColumns.Payload, PrivateColumns.OutputWords,
        ]),
    ]);
}
