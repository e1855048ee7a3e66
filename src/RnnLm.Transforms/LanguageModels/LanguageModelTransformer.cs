using Microsoft.ML;
using Microsoft.ML.Data;
using RnnLm.Transforms.LanguageModels;

namespace RnnLm;

/// <summary>
/// A language model in a pipeline. It reads one column and makes others: next words and their probabilities, the log-probability and
/// perplexity of a row. It is a face over a chain of built-in transformers, which ML.NET saves and loads without knowing of it;
/// in a loaded pipeline <see cref="LanguageModelTransformerExtensions.GetLanguageModel"/> finds it again.
/// </summary>
/// <remarks>
/// All cursors and prediction engines of a transformer share one network. A row is read from the beginning of a line; a row without
/// a word predicts how a line begins.
/// </remarks>
public sealed class LanguageModelTransformer : ITransformer
{
    private readonly TransformerChain<ITransformer> chain;
    private readonly LanguageModelPayload payload;

    internal LanguageModelTransformer(TransformerChain<ITransformer> chain, LanguageModelPayload payload, TrainingResult? result = null)
    {
        this.chain = chain;
        this.payload = payload;
        Result = result;
    }

    /// <summary>The language model itself: to score, to generate, to save as a file of its own.</summary>
    public LanguageModel Model => payload.Model;

    /// <summary>How the training went; null where the model was loaded or trained elsewhere.</summary>
    public TrainingResult? Result { get; }

    /// <summary>The columns it reads and makes, as a copy.</summary>
    public LanguageModelColumns Columns => payload.Columns.CopyColumns();

    /// <inheritdoc/>
    public bool IsRowToRowMapper => true;

    /// <inheritdoc/>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => chain.GetOutputSchema(inputSchema);

    /// <inheritdoc/>
    public IDataView Transform(IDataView input) => chain.Transform(input);

    /// <inheritdoc/>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => ((ITransformer)chain).GetRowToRowMapper(inputSchema);

    /// <inheritdoc/>
    void ICanSaveModel.Save(ModelSaveContext ctx) => ((ICanSaveModel)chain).Save(ctx);
}
