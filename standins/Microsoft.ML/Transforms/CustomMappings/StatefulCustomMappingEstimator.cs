using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

public sealed class StatefulCustomMappingEstimator<TSrc, TDst, TState>
    : TrivialEstimator<StatefulCustomMappingTransformer<TSrc, TDst, TState>>
    where TSrc : class, new()
    where TDst : class, new()
    where TState : class, new()
{
    internal StatefulCustomMappingEstimator(StatefulCustomMappingTransformer<TSrc, TDst, TState> transformer)
        : base(transformer)
    {
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
        => CustomMapping.GetOutputSchema(inputSchema, RowType.Create(typeof(TSrc), SchemaDefinition.Direction.Read), Transformer.Outputs);
}
