using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

public class ValueMappingEstimator : TrivialEstimator<ValueMappingTransformer>
{
    internal ValueMappingEstimator(ValueMappingTransformer transformer)
        : base(transformer)
    {
    }

    public sealed override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        var value = SchemaShape.Column.Create("Value", Transformer.Map.ValueType, null);
        var annotations = SchemaShape.Create(Transformer.Map.Annotations.Schema);
        return inputSchema.With(Transformer.Columns, (input, output) =>
        {
            var isVector = input.Kind != SchemaShape.Column.VectorKind.Scalar;
            if (isVector && value.Kind != SchemaShape.Column.VectorKind.Scalar)
                throw Fault.NotSupported(ValueMappingTransformer.BothVectors(input.Name));
            return new(output, isVector ? input.Kind : value.Kind, value.ItemType, value.IsKey, annotations);
        });
    }
}
