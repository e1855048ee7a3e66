using System.Reflection;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

public sealed class StatefulCustomMappingTransformer<TSrc, TDst, TState> : ITransformer
    where TSrc : class, new()
    where TDst : class, new()
    where TState : class, new()
{
    private readonly Action<TSrc, TDst, TState> map;
    private readonly Action<TState> initState;
    private readonly string contract;
    private readonly Assembly assembly;

    internal StatefulCustomMappingTransformer(Action<TSrc, TDst, TState> mapAction, Action<TState> stateInitAction, string contract)
    {
        Fault.CheckValue(mapAction);
        Fault.CheckValue(stateInitAction);
        map = mapAction;
        initState = stateInitAction;
        assembly = mapAction.Method.DeclaringType.Assembly;
        this.contract = contract;
        Outputs = RowType.Create(typeof(TDst), SchemaDefinition.Direction.Write);
    }

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

    /// <summary>The mapping with a new state of its own.</summary>
    internal Action<TSrc, TDst> WithNewState()
    {
        var state = new TState();
        initState(state);
        return (source, target) => map(source, target, state);
    }

    private StatefulDataView<TSrc, TDst, TState> Map(IDataView input) => new(input, this);
}
