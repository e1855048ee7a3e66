using Microsoft.ML;
using Microsoft.ML.Data;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.LanguageModels;
using RnnLm.Transforms.Steps;

namespace RnnLm;

/// <summary>
/// A language model in a pipeline. It reads one column and makes those of <see cref="LanguageModelColumns"/> that are wanted. It is a face over a chain of built-in transformers, which ML.NET saves and loads without knowing of it;
/// in a loaded pipeline <see cref="LanguageModelTransformerExtensions.GetLanguageModel"/> finds it again.
/// </summary>
/// <remarks>
/// All cursors and prediction engines of a transformer share one network. A cursor or prediction engine is for one thread at a time; two at once
/// are refused with an <see cref="InvalidOperationException"/>. A row is read from the beginning of a line; a row without
/// a word predicts how a line begins.
/// </remarks>
public sealed class LanguageModelTransformer : ITransformer
{
    private readonly TransformerChain<ITransformer> chain;
    private readonly ITransformer steps;
    private readonly LanguageModelPayload payload;

    internal LanguageModelTransformer(TransformerChain<ITransformer> chain, LanguageModelPayload payload, TrainingResult? result = null)
    {
        this.chain = chain;
        steps = new CheckedTransformer(chain, schema =>
        {
            var columns = ColumnDescription.Of(schema);
            ColumnCheck.Require(columns, payload.Columns.InputColumnName, payload.Input);
            payload.Columns.CheckCandidates(columns);
        });
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
    public bool IsRowToRowMapper => steps.IsRowToRowMapper;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The input column is missing or of another type than the one that the pipeline was fitted to.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => steps.GetOutputSchema(inputSchema);

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The input column is missing or of another type than the one that the pipeline was fitted to.</exception>
    public IDataView Transform(IDataView input) => steps.Transform(input);

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The input column is missing or of another type than the one that the pipeline was fitted to.</exception>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => steps.GetRowToRowMapper(inputSchema);

    /// <summary>The same columns made by another model, of the same words. No row is read.</summary>
    /// <exception cref="ArgumentException">The model has other words.</exception>
    internal LanguageModelTransformer With(MLContext mlContext, LanguageModel model)
    {
        if (!model.Vocabulary.SequenceEqual(Model.Vocabulary))
            throw new ArgumentException("The model has other words than that of the pipeline; it must have the same in the same order.", nameof(model));
        payload.Columns.ValidateFor(model);
        var (features, fitted) = (payload.Columns.FeatureNamesOf(model), payload.Columns.FeatureNamesOf(Model));
        if (features.Count != fitted.Count)
            throw new ArgumentException(Invariant($"The model gives {features.Count:N0} features, and that of the pipeline {fitted.Count:N0}; their number is fixed."), nameof(model));
        if (features.Zip(fitted).FirstOrDefault(pair => pair.First != pair.Second) is (string other, string known))
            throw new ArgumentException($"A feature of the model is {other} where {known} is that of the pipeline; they are fixed.", nameof(model));
        var changed = payload with { Model = model };
        return new LanguageModelTransformer(PayloadSteps.Replace(mlContext, chain, changed), changed);
    }

    /// <summary>The columns and the model, for people to read.</summary>
    public override string ToString() => $"{payload.Columns}: {Model}";

    /// <inheritdoc/>
    void ICanSaveModel.Save(ModelSaveContext ctx) => steps.Save(ctx);
}
