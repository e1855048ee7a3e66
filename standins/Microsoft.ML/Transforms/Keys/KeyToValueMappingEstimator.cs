using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

public sealed class KeyToValueMappingEstimator : TrivialEstimator<KeyToValueMappingTransformer>
{
    internal KeyToValueMappingEstimator(ColumnPair[] columns)
        : base(new KeyToValueMappingTransformer(columns))
    {
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
        => inputSchema.With(Transformer.Columns, (input, output) =>
        {
            if (!input.IsKey)
                throw Fault.SchemaMismatch(nameof(inputSchema), "input", input.Name, "KeyType", input.TypeName());
            Fault.CheckArgument(input.Annotations.TryFind(AnnotationKinds.KeyValues, out var values), nameof(inputSchema),
                $"Input column '{input.Name}' doesn't contain key values metadata");
            var hasNames = input.Annotations.TryFind(AnnotationKinds.SlotNames, out var names)
                           && input.Kind == SchemaShape.Column.VectorKind.Vector;
            return new(output, input.Kind, values.ItemType, values.IsKey, hasNames ? new SchemaShape([names]) : null);
        });
}
