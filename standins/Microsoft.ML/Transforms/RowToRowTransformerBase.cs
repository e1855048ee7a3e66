using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

public abstract class RowToRowTransformerBase : ITransformer
{
    private protected RowToRowTransformerBase()
    {
    }

    bool ITransformer.IsRowToRowMapper => true;

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        Fault.CheckValue(inputSchema);
        return new AddedColumns(inputSchema, CreateMapping(inputSchema).OutputColumns).Schema;
    }

    public IDataView Transform(IDataView input)
    {
        Fault.CheckValue(input);
        return new MappedDataView(input, CreateMapping(input.Schema));
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema)
    {
        Fault.CheckValue(inputSchema);
        return new MappedDataView(new EmptyDataView(inputSchema), CreateMapping(inputSchema));
    }

    void ICanSaveModel.Save(ModelSaveContext ctx) => SaveModel(ctx);

    private protected abstract void SaveModel(ModelSaveContext context);

    private protected abstract RowMapping CreateMapping(DataViewSchema inputSchema);
}
