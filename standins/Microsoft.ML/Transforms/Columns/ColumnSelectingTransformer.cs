using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Keeps the named columns in the order in which they are named, or drops them.</summary>
public sealed class ColumnSelectingTransformer : ITransformer
{
    internal const string Signature = "SelectColumns";

    private readonly bool keep;
    private readonly bool keepHidden;
    private readonly string[] names;

    internal ColumnSelectingTransformer(string[] keepColumns, string[] dropColumns, bool keepHidden)
    {
        keep = keepColumns is { Length: > 0 };
        Fault.Check(keep || dropColumns is { Length: > 0 }, "Neither keepColumns and dropColumns is set. Exactly one must be specified.");
        names = keep ? keepColumns : dropColumns;
        this.keepHidden = keepHidden;
    }

    bool ITransformer.IsRowToRowMapper => true;

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        Fault.CheckValue(inputSchema);
        return Select(new EmptyDataView(inputSchema), nameof(inputSchema)).Schema;
    }

    public IDataView Transform(IDataView input)
    {
        Fault.CheckValue(input);
        return Select(input, nameof(input));
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema)
    {
        Fault.CheckValue(inputSchema);
        return Select(new EmptyDataView(inputSchema), nameof(inputSchema));
    }

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        ctx.Begin(Signature);
        ctx.Writer.Write(keep);
        ctx.Writer.Write(keepHidden);
        ctx.Writer.Write(names.Length);
        foreach (var name in names)
            ctx.Writer.Write(name);
    }

    internal static ColumnSelectingTransformer Load(ModelReader model)
    {
        bool keep = model.Reader.ReadBoolean(), keepHidden = model.Reader.ReadBoolean();
        var names = new List<string>();
        for (var count = model.Reader.ReadInt32(); names.Count < count;)
            names.Add(model.Reader.ReadString());
        return keep ? new([.. names], null, keepHidden) : new(null, [.. names], keepHidden);
    }

    internal bool Keeps(string name) => keep == names.Contains(name);

    internal void CheckNames(IEnumerable<string> present, string parameter)
    {
        var missing = names.Except(present).ToArray();
        if (missing.Length > 0)
            throw Fault.MissingColumn(parameter, "input", string.Join(",", missing));
    }

    private SelectedDataView Select(IDataView input, string parameter)
    {
        CheckNames(input.Schema.Select(c => c.Name), parameter);
        var columns = keep
            ? names.SelectMany(name => input.Schema.Where(c => c.Name == name && (keepHidden || !c.IsHidden)))
            : input.Schema.Where(c => Keeps(c.Name));
        return new SelectedDataView(input, [.. columns.Select(c => c.Index)]);
    }
}
