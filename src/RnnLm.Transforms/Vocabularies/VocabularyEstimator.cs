using Microsoft.ML;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.Steps;
using RnnLm.Transforms.Vocabularies;

namespace RnnLm;

/// <summary>
/// Counts the words of a column, cuts a vocabulary out of them, and maps the words to keys; of several columns, each for itself. The keys' values are the vocabulary in the
/// order of its ids: key 1 is the unknown word, key 2 the end-of-line word. A word outside the vocabulary gets the unknown word's
/// key; only an empty word gets a missing key (0).
/// </summary>
/// <remarks>
/// <list type="table">
/// <listheader><term>Characteristic</term><description>Of this estimator</description></listheader>
/// <item><term>Does this estimator need to look at the data to train its parameters?</term><description>Yes</description></item>
/// <item><term>Input column data type</term><description>Vector of text</description></item>
/// <item><term>Output column data type</term><description>Vector of key whose <c>KeyValues</c> are the vocabulary, of a known size where the input has one</description></item>
/// <item><term>Exportable to ONNX</term><description>No</description></item>
/// </list>
/// </remarks>
public sealed class VocabularyEstimator : IEstimator<ITransformer>
{
    private readonly MLContext mlContext;
    private readonly ColumnPairs columns;
    private readonly VocabularyOptions options;

    internal VocabularyEstimator(MLContext mlContext, IEnumerable<InputOutputColumnPair> columns, VocabularyOptions options)
    {
        this.mlContext = mlContext;
        this.columns = new ColumnPairs(columns);
        this.options = options.Clone();
        this.options.Validate();
    }

    /// <summary>The schema with the columns of keys: vectors, of a known size where the words' is known, annotated with <c>KeyValues</c>.</summary>
    /// <param name="inputSchema">The schema of the data.</param>
    /// <exception cref="ArgumentOutOfRangeException">An input column is missing or is not a vector of text.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        var described = ColumnDescription.Of(inputSchema);
        columns.Check(described, InputKind.Words);
        return Steps(
            [.. columns.Inputs.Select(input => new Fitted(PayloadSteps.None(mlContext), [options.UnknownWord, options.EndOfLineWord], SizeOf(described, input)))])
            .Propagate(inputSchema);
    }

    /// <summary>Counts the words, in one pass over each input column.</summary>
    /// <param name="input">The data.</param>
    /// <exception cref="ArgumentOutOfRangeException">An input column is missing or is not a vector of text.</exception>
    /// <exception cref="InvalidOperationException">There is no word, or nothing but the special words is left.</exception>
    public ITransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var described = ColumnDescription.Of(input.Schema);
        columns.Check(described, InputKind.Words);
        Fitted[] fitted = [.. columns.Inputs.Select(column => Fit(input, column, SizeOf(described, column)))];
        return new CheckedTransformer(Steps(fitted).FitAll(input), schema =>
        {
            var given = ColumnDescription.Of(schema);
            columns.Check(given, InputKind.Words);
            foreach (var (column, expected) in columns.Inputs.Zip(fitted))
                if (expected.Size > 0) ColumnCheck.RequireSize(given, column, expected.Size);
        });
    }

    private Fitted Fit(IDataView data, string column, int size)
    {
        var words = new TokenStreamBuilder(Tokenizer.Whitespace) { SkipLinesWithoutWords = true };
        new RowReader(mlContext, data, column, InputKind.Words, options.UnknownWord, "data").ReadTo(words);
        var vocabulary = words.BuildVocabulary(options);
        return new Fitted(PayloadSteps.Of(mlContext, new VocabularyPayload(vocabulary, size)), vocabulary, size);
    }

    private static int SizeOf(IReadOnlyList<ColumnDescription> columns, string column)
        => ColumnDescription.SizeOf(columns, column) is var size and <= VectorParts.MaximumSize ? size : 0;

    private IEnumerable<IEstimator<ITransformer>> Steps(Fitted[] fitted) => PairSteps.Create(mlContext, columns, (place, output, input) =>
    {
        var (payload, vocabulary, size) = fitted[place];
        MappingStep replace = size > 0 ? ReplaceUnknownWordsInVectorMapping.Step : ReplaceUnknownWordsMapping.Step;
        return
        [
            .. payload,
            .. InputSteps.Create(mlContext, PrivateColumns.Words, input, InputKind.Words),
            replace.Create(mlContext),
            .. size > 0 ? [VectorParts.Join(mlContext, PrivateColumns.OutputWords, WordParts.Prefix, size)] : Array.Empty<IEstimator<ITransformer>>(),
            VocabularyKeys.Create(mlContext, output, PrivateColumns.OutputWords, vocabulary),
            mlContext.Transforms.DropColumns(
            [
                .. InputSteps.ColumnsOf(PrivateColumns.Words, InputKind.Words), PrivateColumns.PayloadKey, PrivateColumns.Payload,
                .. replace.OutputColumns.Append(PrivateColumns.OutputWords).Distinct(),
            ]),
        ];
    });

    /// <summary>What was learned of a column.</summary>
    /// <param name="Payload">The steps that carry the vocabulary.</param>
    /// <param name="Vocabulary">The vocabulary.</param>
    /// <param name="Size">The size of its vectors; 0 where it varies, or is greater than one of which parts are made.</param>
    private sealed record Fitted(IEnumerable<IEstimator<ITransformer>> Payload, IReadOnlyList<string> Vocabulary, int Size);
}
