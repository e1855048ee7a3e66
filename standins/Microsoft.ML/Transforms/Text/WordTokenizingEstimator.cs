using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms.Text;

public sealed class WordTokenizingEstimator : TrivialEstimator<WordTokenizingTransformer>
{
    internal WordTokenizingEstimator(ColumnPair[] columns, char[] separators)
        : base(new WordTokenizingTransformer(columns, separators))
    {
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
        => inputSchema.With(Transformer.Columns, (input, output) =>
        {
            if (input.ItemType is not TextDataViewType)
                throw Fault.SchemaMismatch(nameof(inputSchema), "input", input.Name,
                    WordTokenizingTransformer.ExpectedType, input.ItemType.ToString());
            return new(output, SchemaShape.Column.VectorKind.VariableVector, input.ItemType, isKey: false);
        });
}
