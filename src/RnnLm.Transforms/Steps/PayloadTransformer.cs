using Microsoft.ML;
using Microsoft.ML.Data;
using RnnLm.Pipelines;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.Payloads;

namespace RnnLm.Transforms.Steps;

/// <summary>
/// Gives every row a payload. In this process a text stands for it; what is saved is the payload itself, as built-in transformers: an
/// <c>Expression</c> for each piece, whose value is a literal, and <c>Concatenate</c>, which makes a vector of them.
/// </summary>
internal sealed class PayloadTransformer<T>(MLContext mlContext, T payload, ITransformer inProcess) : ITransformer
    where T : class, IPayload<T>
{
    public bool IsRowToRowMapper => true;

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => inProcess.GetOutputSchema(inputSchema);

    public IDataView Transform(IDataView input) => inProcess.Transform(input);

    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => inProcess.GetRowToRowMapper(inputSchema);

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        var literals = CarriedPayload.Write(payload.Settings, payload.WriteContent, LiteralStep.Before, LiteralStep.After);
        string[] names = [.. Enumerable.Range(0, literals.Length).Select(PrivateColumns.PayloadPiece)];
        var schema = TextLiteral.Columns(mlContext, names);
        ITransformer[] steps =
        [
            .. literals.Select((literal, i) => new TextLiteral(mlContext, names[i], literal)),
            mlContext.Transforms.Concatenate(PrivateColumns.Payload, names).Fit(schema),
            mlContext.Transforms.DropColumns(names).Fit(schema),
        ];
        ((ICanSaveModel)new TransformerChain<ITransformer>(steps)).Save(ctx);
    }
}
