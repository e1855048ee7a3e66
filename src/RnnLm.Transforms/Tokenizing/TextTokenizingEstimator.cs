using Microsoft.ML;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.Steps;
using RnnLm.Transforms.Tokenizing;

namespace RnnLm;

/// <summary>Splits a column of text into words, by a tokenizer that is saved with the pipeline.</summary>
public sealed class TextTokenizingEstimator : IEstimator<ITransformer>
{
    private readonly MLContext mlContext;
    private readonly string outputColumnName;
    private readonly string inputColumnName;
    private readonly Tokenizer tokenizer;

    internal TextTokenizingEstimator(MLContext mlContext, string outputColumnName, string inputColumnName, Tokenizer tokenizer)
    {
        this.mlContext = mlContext;
        this.outputColumnName = outputColumnName;
        this.inputColumnName = inputColumnName;
        this.tokenizer = tokenizer;
    }

    /// <summary>The schema with the column of words: a vector of text, of a size that varies from row to row.</summary>
    /// <param name="inputSchema">The schema of the data.</param>
    /// <exception cref="ArgumentException">The input column is missing or is not text.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ColumnCheck.RequireText(ColumnDescription.Of(inputSchema), inputColumnName);
        return Steps(PayloadSteps.None(mlContext)).Propagate(inputSchema);
    }

    /// <summary>Makes the transformer. No row is read.</summary>
    /// <param name="input">The data.</param>
    /// <exception cref="ArgumentException">The input column is missing or is not text.</exception>
    public ITransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        ColumnCheck.RequireText(ColumnDescription.Of(input.Schema), inputColumnName);
        return Steps(PayloadSteps.Of(mlContext, new TokenizerPayload(tokenizer))).FitAll(input);
    }

    private IEnumerable<IEstimator<ITransformer>> Steps(IEnumerable<IEstimator<ITransformer>> payload) =>
    [
        mlContext.Transforms.CopyColumns(PrivateColumns.Text, inputColumnName),
        .. payload,
        TokenizeTextMapping.Step.Create(mlContext),
        mlContext.Transforms.CopyColumns(outputColumnName, PrivateColumns.OutputWords),
        mlContext.Transforms.DropColumns(PrivateColumns.Text, PrivateColumns.PayloadKey, PrivateColumns.Payload, PrivateColumns.OutputWords),
    ];
}
