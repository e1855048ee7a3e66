using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Runs a custom mapping once for each row, as soon as any of its outputs is asked for.</summary>
internal sealed class CustomRowMapping<TSrc, TDst>(
    DataViewSchema inputSchema,
    SchemaDefinition inputDefinition,
    RowType outputs,
    Action<TSrc, TDst> map)
    : RowMapping(inputSchema)
    where TSrc : class, new()
    where TDst : class, new()
{
    private readonly RowReader<TSrc> reader = new(inputSchema, ignoreMissingColumns: false, inputDefinition);

    public override IReadOnlyList<DataViewSchema.DetachedColumn> OutputColumns { get; }
        = [.. outputs.Schema.Select(c => new DataViewSchema.DetachedColumn(c))];

    public override IEnumerable<int> DependenciesOf(Func<int, bool> isActive) => AnyOf(isActive) ? reader.Columns : [];

    public override Delegate[] CreateGetters(DataViewRow input, Func<int, bool> isActive)
    {
        if (!AnyOf(isActive))
            return new Delegate[outputs.Members.Length];
        return new MappedObject<TSrc, TDst>(input, reader.CreateFiller(input), outputs, map).CreateGetters(isActive);
    }

    private bool AnyOf(Func<int, bool> isActive) => Enumerable.Range(0, outputs.Members.Length).Any(isActive);
}
