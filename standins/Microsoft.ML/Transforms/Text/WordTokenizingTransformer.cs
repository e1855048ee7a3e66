using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms.Text;

/// <summary>Cuts text at separators. Words are the text between them without spaces at their ends; empty ones are left out.</summary>
public sealed class WordTokenizingTransformer : OneToOneTransformerBase
{
    internal const string Signature = "TokenizeIntoWords";
    internal const string ExpectedType = "String or Vector of String";

    private readonly char[] separators;

    internal WordTokenizingTransformer(ColumnPair[] columns, char[] separators)
        : base(columns)
        => this.separators = separators ?? [' '];

    internal static WordTokenizingTransformer Load(ModelReader model)
        => new(ColumnPair.Load(model.Reader), model.Reader.ReadString().ToCharArray());

    private protected override void SaveModel(ModelSaveContext context)
    {
        context.Begin(Signature);
        ColumnPair.Save(context.Writer, Columns);
        context.Writer.Write(new string(separators));
    }

    private protected override void CheckInput(DataViewSchema.Column input, int index)
    {
        if (input.Type.ItemType() is not TextDataViewType)
            throw Fault.SchemaMismatch("inputSchema", "input", input.Name, ExpectedType, input.Type.ToString());
    }

    private protected override DataViewSchema.DetachedColumn CreateColumn(DataViewSchema.Column input, int index)
        => new(Columns[index].Output, new VectorDataViewType(TextDataViewType.Instance));

    private protected override Delegate CreateGetter(DataViewRow row, DataViewSchema.Column input, int index)
    {
        if (input.Type is not VectorDataViewType)
            return ItemGetters.OfScalar<ReadOnlyMemory<char>, VBuffer<ReadOnlyMemory<char>>>(row, input, text => Words([text]));
        return ItemGetters.OfScalar<VBuffer<ReadOnlyMemory<char>>, VBuffer<ReadOnlyMemory<char>>>(row, input,
            texts => Words(texts.GetValues()));
    }

    private VBuffer<ReadOnlyMemory<char>> Words(ReadOnlySpan<ReadOnlyMemory<char>> texts)
    {
        var words = new List<ReadOnlyMemory<char>>();
        foreach (var text in texts)
            foreach (var range in text.Span.SplitAny(separators))
                if (text[range].Trim(' ') is { IsEmpty: false } word)
                    words.Add(word);
        return new(words.Count, [.. words]);
    }
}
