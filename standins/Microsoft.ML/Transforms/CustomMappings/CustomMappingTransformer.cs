using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

public sealed class CustomMappingTransformer<TSrc, TDst> : ITransformer
    where TSrc : class, new()
    where TDst : class, new()
{
    private readonly Action<TSrc, TDst> map;
    private readonly string contract;
    private readonly System.Reflection.Assembly assembly;

    internal CustomMappingTransformer(
        Action<TSrc, TDst> mapAction,
        string contract,
        SchemaDefinition inputDefinition = null,
        SchemaDefinition outputDefinition = null)
    {
        Fault.CheckValue(mapAction);
        map = mapAction;
        assembly = mapAction.Method.DeclaringType.Assembly;
        this.contract = contract;
        InputDefinition = inputDefinition;
        Outputs = outputDefinition is null
            ? RowType.Create(typeof(TDst), SchemaDefinition.Direction.Write)
            : RowType.Create(typeof(TDst), outputDefinition);
    }

    internal SchemaDefinition InputDefinition { get; }

    internal RowType Outputs { get; }

    bool ITransformer.IsRowToRowMapper => true;

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        Fault.CheckValue(inputSchema);
        return Map(new EmptyDataView(inputSchema)).Schema;
    }

    public IDataView Transform(IDataView input)
    {
        Fault.CheckValue(input);
        return Map(input);
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema)
    {
        Fault.CheckValue(inputSchema);
        return Map(new EmptyDataView(inputSchema));
    }

    void ICanSaveModel.Save(ModelSaveContext ctx) => CustomMapping.Save(ctx, contract, assembly);

    private MappedDataView Map(IDataView input)
        => new(input, new CustomRowMapping<TSrc, TDst>(input.Schema, InputDefinition, Outputs, map));
}
