using Microsoft.ML;
using Microsoft.ML.Data;

namespace RnnLm.Transforms.Steps;

/// <summary>
/// A chain of built-in steps that looks at the user's columns before the steps look at their copies, whose names say nothing to a user. It is
/// saved as the chain, which has a step that finds most of what this one finds.
/// </summary>
/// <param name="chain">The steps.</param>
/// <param name="check">Throws where the data does not have the columns that the steps were fitted to.</param>
internal sealed class CheckedTransformer(TransformerChain<ITransformer> chain, Action<DataViewSchema> check) : ITransformer
{
    public bool IsRowToRowMapper => true;

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => chain.GetOutputSchema(Checked(inputSchema));

    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        Checked(input.Schema);
        return chain.Transform(input);
    }

    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => ((ITransformer)chain).GetRowToRowMapper(Checked(inputSchema));

    void ICanSaveModel.Save(ModelSaveContext ctx) => ((ICanSaveModel)chain).Save(ctx);

    private DataViewSchema Checked(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        check(inputSchema);
        return inputSchema;
    }
}
