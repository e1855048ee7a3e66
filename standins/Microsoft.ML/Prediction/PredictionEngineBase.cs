using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

public abstract class PredictionEngineBase<TSrc, TDst> : IDisposable
    where TSrc : class
    where TDst : class, new()
{
    private readonly ITransformer transformer;
    private readonly bool ownsTransformer;
    private readonly ObjectRow<TSrc> input;
    private readonly Action<TDst> fill;
    private bool disposed;

    private protected PredictionEngineBase(ITransformer transformer, PredictionEngineOptions options)
    {
        Fault.CheckValue(transformer);
        Fault.CheckArgument(transformer.IsRowToRowMapper, nameof(transformer), "Must be a row to row mapper");
        this.transformer = transformer;
        ownsTransformer = options.OwnsTransformer;
        input = new ObjectRow<TSrc>(options.InputSchemaDefinition is null
            ? RowType.Create(typeof(TSrc), SchemaDefinition.Direction.Read)
            : RowType.Create(typeof(TSrc), options.InputSchemaDefinition));
        var mapper = transformer.GetRowToRowMapper(input.Schema);
        var reader = new RowReader<TDst>(mapper.OutputSchema, options.IgnoreMissingColumns, options.OutputSchemaDefinition);
        fill = reader.CreateFiller(mapper.GetRow(input, mapper.OutputSchema));
        OutputSchema = transformer.GetOutputSchema(input.Schema);
    }

    public DataViewSchema OutputSchema { get; }

    public TDst Predict(TSrc example)
    {
        var result = new TDst();
        Predict(example, ref result);
        return result;
    }

    public abstract void Predict(TSrc example, ref TDst prediction);

    public void Dispose()
    {
        if (disposed)
            return;
        input.Dispose();
        if (ownsTransformer)
            (transformer as IDisposable)?.Dispose();
        disposed = true;
    }

    private protected void Run(TSrc example, TDst prediction)
    {
        input.MoveTo(example);
        fill(prediction);
    }
}
