using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

public sealed class ColumnConcatenatingTransformer : RowToRowTransformerBase
{
    internal const string Signature = "Concatenate";

    private readonly string output;
    private readonly string[] inputs;

    internal ColumnConcatenatingTransformer(string output, string[] inputs)
    {
        this.output = output;
        this.inputs = inputs;
    }

    internal static ColumnConcatenatingTransformer Load(ModelReader model)
    {
        var output = model.Reader.ReadString();
        var inputs = new List<string>();
        for (var count = model.Reader.ReadInt32(); inputs.Count < count;)
            inputs.Add(model.Reader.ReadString());
        Fault.CheckFormat(inputs.Count > 0);
        return new(output, [.. inputs]);
    }

    private protected override void SaveModel(ModelSaveContext context)
    {
        context.Begin(Signature);
        context.Writer.Write(output);
        context.Writer.Write(inputs.Length);
        Array.ForEach(inputs, context.Writer.Write);
    }

    private protected override RowMapping CreateMapping(DataViewSchema inputSchema)
    {
        var sources = Array.ConvertAll(inputs, name => inputSchema.GetColumnOrNull(name)
            ?? throw Fault.MissingColumn(nameof(inputSchema), "input", name));
        var item = sources[0].Type.ItemType();
        foreach (var source in sources)
            if (!source.Type.ItemType().Equals(item))
                throw Fault.SchemaMismatch(nameof(inputSchema), "input", source.Name, item.ToString(), source.Type.ToString());
        return new ConcatenatingMapping(inputSchema, output, sources);
    }
}
