using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

public sealed class ColumnCopyingTransformer : OneToOneTransformerBase
{
    internal const string Signature = "CopyColumns";

    internal ColumnCopyingTransformer(ColumnPair[] columns)
        : base(columns)
    {
    }

    internal static ColumnCopyingTransformer Load(ModelReader model) => new(ColumnPair.Load(model.Reader));

    private protected override void SaveModel(ModelSaveContext context)
    {
        context.Begin(Signature);
        ColumnPair.Save(context.Writer, Columns);
    }

    private protected override DataViewSchema.DetachedColumn CreateColumn(DataViewSchema.Column input, int index)
        => new(Columns[index].Output, input.Type, input.Annotations);

    private protected override Delegate CreateGetter(DataViewRow row, DataViewSchema.Column input, int index) => Getters.Of(row, input);
}
