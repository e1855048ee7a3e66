using Microsoft.ML;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.Steps;
using RnnLm.Transforms.Tokenizing;

namespace RnnLm;

/// <summary>Splits columns of text into words, by a tokenizer that is saved with the pipeline, or into subwords that are learned of the columns.</summary>
/// <remarks>
/// <list type="table">
/// <listheader><term>Characteristic</term><description>Of this estimator</description></listheader>
/// <item><term>Does this estimator need to look at the data to train its parameters?</term><description>No; where subwords are learned, yes</description></item>
/// <item><term>Input column data type</term><description>Text</description></item>
/// <item><term>Output column data type</term><description>Vector of text, of a size that varies</description></item>
/// <item><term>Exportable to ONNX</term><description>No</description></item>
/// </list>
/// </remarks>
public sealed class TextTokenizingEstimator : IEstimator<ITransformer>
{
    private readonly MLContext mlContext;
    private readonly ColumnPairs columns;
    private readonly Tokenizer? tokenizer;
    private readonly SubwordOptions? subwords; // where there is no tokenizer yet

    internal TextTokenizingEstimator(MLContext mlContext, IEnumerable<InputOutputColumnPair> columns, Tokenizer tokenizer)
    {
        this.mlContext = mlContext;
        this.columns = new ColumnPairs(columns);
        this.tokenizer = tokenizer;
    }

    internal TextTokenizingEstimator(MLContext mlContext, IEnumerable<InputOutputColumnPair> columns, SubwordOptions subwords)
    {
        this.mlContext = mlContext;
        this.columns = new ColumnPairs(columns);
        this.subwords = subwords;
    }

    /// <summary>The schema with the columns of words: vectors of text, of a size that varies from row to row.</summary>
    /// <param name="inputSchema">The schema of the data.</param>
    /// <exception cref="ArgumentOutOfRangeException">An input column is missing or is not text.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        columns.Check(ColumnDescription.Of(inputSchema), InputKind.Text);
        return Steps(PayloadSteps.None(mlContext)).Propagate(inputSchema);
    }

    /// <summary>Makes the transformer. No row is read, but where subwords are learned: then each column is, once.</summary>
    /// <param name="input">The data.</param>
    /// <exception cref="ArgumentOutOfRangeException">An input column is missing or is not text.</exception>
    /// <exception cref="InvalidOperationException">Subwords are to be learned, and no row has a word.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public ITransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        columns.Check(ColumnDescription.Of(input.Schema), InputKind.Text);
        return new CheckedTransformer(
            Steps(PayloadSteps.Of(mlContext, new TokenizerPayload(tokenizer ?? Learn(input)))).FitAll(input),
            schema => columns.Check(ColumnDescription.Of(schema), InputKind.Text));
    }

    private SubwordTokenizer Learn(IDataView data)
    {
        var words = new TokenStreamBuilder(subwords!);
        foreach (var input in columns.Inputs.Distinct()) new RowReader(mlContext, data, input, InputKind.Text, unknownWord: "", "data to learn subwords of").ReadTo(words);
        return words.LearnSubwords();
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
