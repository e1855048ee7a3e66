using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

public sealed class TypeConvertingEstimator : TrivialEstimator<TypeConvertingTransformer>
{
    internal TypeConvertingEstimator(TypeConvertingTransformer transformer)
        : base(transformer)
    {
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
        => inputSchema.With(Transformer.Columns, (input, output) =>
        {
            var type = PrimitiveTypes.Of(Transformer.Kind);
            Fault.CheckArgument(ValueConversions.Find(input.ItemType, type) is not null, nameof(inputSchema),
                $"Don't know how to convert {input.Name} into {type}");
            // As in ML.NET, the shape of a converted key is that of a plain number.
            return new(output, input.Kind, type, isKey: false, input.Annotations);
        });
}
