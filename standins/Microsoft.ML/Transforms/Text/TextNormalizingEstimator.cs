using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms.Text;

public sealed class TextNormalizingEstimator : TrivialEstimator<TextNormalizingTransformer>
{
    internal TextNormalizingEstimator(ColumnPair[] columns, TextNormalizer normalizer)
        : base(new TextNormalizingTransformer(columns, normalizer))
    {
    }

    public enum CaseMode
    {
        Lower = 0,
        Upper = 1,
        None = 2,
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
        => inputSchema.With(Transformer.Columns, (input, output) =>
        {
            if (input.ItemType is not TextDataViewType)
                throw Fault.SchemaMismatch(nameof(inputSchema), "input", input.Name,
                    TextNormalizingTransformer.ExpectedType, input.ItemType.ToString());
            var kind = input.Kind == SchemaShape.Column.VectorKind.Scalar ? input.Kind : SchemaShape.Column.VectorKind.VariableVector;
            return new(output, kind, input.ItemType, isKey: false);
        });
}
