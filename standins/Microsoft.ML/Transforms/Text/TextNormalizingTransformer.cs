using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms.Text;

public sealed class TextNormalizingTransformer : OneToOneTransformerBase
{
    internal const string Signature = "NormalizeText";
    internal const string ExpectedType = "String or vector of String";

    private readonly TextNormalizer normalizer;

    internal TextNormalizingTransformer(ColumnPair[] columns, TextNormalizer normalizer)
        : base(columns)
        => this.normalizer = normalizer;

    internal static TextNormalizingTransformer Load(ModelReader model)
        => new(ColumnPair.Load(model.Reader), TextNormalizer.Load(model.Reader));

    private protected override void SaveModel(ModelSaveContext context)
    {
        context.Begin(Signature);
        ColumnPair.Save(context.Writer, Columns);
        normalizer.Save(context.Writer);
    }

    private protected override void CheckInput(DataViewSchema.Column input, int index)
    {
        if (input.Type.ItemType() is not TextDataViewType)
            throw Fault.SchemaMismatch("inputSchema", "input", input.Name, ExpectedType, input.Type.ToString());
    }

    private protected override DataViewSchema.DetachedColumn CreateColumn(DataViewSchema.Column input, int index)
        => new(Columns[index].Output, input.Type is VectorDataViewType ? new VectorDataViewType(TextDataViewType.Instance) : input.Type);

    private protected override Delegate CreateGetter(DataViewRow row, DataViewSchema.Column input, int index)
        => input.Type is VectorDataViewType
            ? Vector(row, input)
            : ItemGetters.OfScalar<ReadOnlyMemory<char>, ReadOnlyMemory<char>>(row, input, normalizer.Normalize);

    // Items of which nothing is left are dropped.
    private ValueGetter<VBuffer<ReadOnlyMemory<char>>> Vector(DataViewRow row, DataViewSchema.Column input)
    {
        var get = row.GetGetter<VBuffer<ReadOnlyMemory<char>>>(input);
        VBuffer<ReadOnlyMemory<char>> texts = default;
        return (ref VBuffer<ReadOnlyMemory<char>> target) =>
        {
            get(ref texts);
            ReadOnlyMemory<char>[] left = [.. texts.Items().Select(text => normalizer.Normalize(text.Value)).Where(text => !text.IsEmpty)];
            VBuffer<ReadOnlyMemory<char>>.Copy(left, 0, ref target, left.Length);
        };
    }
}
