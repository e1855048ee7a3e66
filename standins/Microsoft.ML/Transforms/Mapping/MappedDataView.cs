using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A data view with the columns that a <see cref="RowMapping"/> adds, computed as they are asked for.</summary>
internal sealed class MappedDataView : IDataView, IRowToRowMapper
{
    private readonly IDataView source;
    private readonly RowMapping mapping;
    private readonly AddedColumns columns;

    public MappedDataView(IDataView source, RowMapping mapping)
    {
        this.source = source;
        this.mapping = mapping;
        columns = new AddedColumns(source.Schema, mapping.OutputColumns);
    }

    public bool CanShuffle => source.CanShuffle;

    public DataViewSchema Schema => columns.Schema;

    public DataViewSchema InputSchema => source.Schema;

    public DataViewSchema OutputSchema => columns.Schema;

    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
        => ParallelRows.Open(this, columnsNeeded, CanShuffle ? rand : null);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
    {
        var active = ActiveColumns.Of(columnsNeeded, Schema);
        var inputs = source.GetRowCursorSet(InputsOf(active), n, rand);
        // There is work to share only where there is something to compute.
        if (inputs.Length == 1 && n > 1 && Enumerable.Range(0, active.Length).Any(c => active[c] && columns.IsAdded(c, out _)))
            inputs = ParallelRows.Split(inputs[0], n);
        return Array.ConvertAll(inputs, input =>
            new MappedCursor(input, columns, active, mapping.CreateGetters(input, columns.AddedAmong(c => active[c]))));
    }

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
        => InputsOf(ActiveColumns.Of(dependingColumns, Schema));

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        Fault.CheckValue(input);
        Fault.CheckValue(activeColumns);
        Fault.Check(input.Schema == source.Schema, "Schema of input row must be the same as the schema the mapper is bound to");
        var active = ActiveColumns.Of(activeColumns, Schema);
        return new MappedRow(input, columns, mapping.CreateGetters(input, columns.AddedAmong(c => active[c])));
    }

    private IEnumerable<DataViewSchema.Column> InputsOf(bool[] active)
        => ActiveColumns.Among(source.Schema,
            columns.PassedThroughAmong(c => active[c]).Concat(mapping.DependenciesOf(columns.AddedAmong(c => active[c]))));
}
