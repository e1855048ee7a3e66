using Microsoft.ML;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.Steps;
using RnnLm.Transforms.Vocabularies;

namespace RnnLm;

/// <summary>
/// Counts the words of a column, cuts a vocabulary out of them, and maps the words to keys. The keys' values are the vocabulary in the
/// order of its ids: key 1 is the unknown word, key 2 the end-of-line word. A word outside the vocabulary gets the unknown word's
/// key; only an empty word gets a missing key.
/// </summary>
public sealed class VocabularyEstimator : IEstimator<ITransformer>
{
    private readonly MLContext mlContext;
    private readonly string outputColumnName;
    private readonly string inputColumnName;
    private readonly VocabularyOptions options;

    internal VocabularyEstimator(MLContext mlContext, string outputColumnName, string inputColumnName, VocabularyOptions options)
    {
        this.mlContext = mlContext;
        this.outputColumnName = outputColumnName;
        this.inputColumnName = inputColumnName;
        this.options = options.Clone();
        this.options.Validate();
    }

    /// <summary>The schema with the column of keys: a vector of a size that varies from row to row, annotated with <c>KeyValues</c>.</summary>
    /// <param name="inputSchema">The schema of the data.</param>
    /// <exception cref="ArgumentException">The input column is missing or is not a vector of text.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ColumnCheck.RequireWords(ColumnDescription.Of(inputSchema), inputColumnName);
        return Steps(PayloadSteps.None(mlContext), [options.UnknownWord, options.EndOfLineWord]).Propagate(inputSchema);
    }

    /// <summary>Counts the words, in one pass over the input column.</summary>
    /// <param name="input">The data.</param>
    /// <exception cref="ArgumentException">The input column is missing or is not a vector of text.</exception>
    /// <exception cref="InvalidOperationException">There is no word, or nothing but the special words is left.</exception>
    public ITransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        ColumnCheck.RequireWords(ColumnDescription.Of(input.Schema), inputColumnName);
        var words = new TokenStreamBuilder(Tokenizer.Whitespace) { SkipLinesWithoutWords = true };
        new RowReader(mlContext, input, inputColumnName, InputKind.Words).ReadTo(_ => words);
        var vocabulary = words.BuildVocabulary(options);
        return Steps(PayloadSteps.Of(mlContext, new VocabularyPayload(vocabulary)), vocabulary).FitAll(input);
    }

    private IEnumerable<IEstimator<ITransformer>> Steps(IEnumerable<IEstimator<ITransformer>> payload, IReadOnlyList<string> vocabulary) =>
    [
        mlContext.Transforms.CopyColumns(PrivateColumns.Words, inputColumnName),
        .. payload,
        ReplaceUnknownWordsMapping.Step.Create(mlContext),
        mlContext.Transforms.Conversion.MapValueToKey(
            outputColumnName, PrivateColumns.OutputWords, maximumNumberOfKeys: vocabulary.Count,
            keyData: mlContext.Data.LoadFromEnumerable(vocabulary.Select(word => new KeyWord { Word = word }))),
        mlContext.Transforms.DropColumns(PrivateColumns.Words, PrivateColumns.PayloadKey, PrivateColumns.Payload, PrivateColumns.OutputWords),
    ];

    private sealed class KeyWord
    {
        public string Word { get; set; } = "";
    }
}
