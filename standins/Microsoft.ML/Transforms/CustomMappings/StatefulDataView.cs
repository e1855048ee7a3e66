using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>
/// A data view with the columns of a stateful custom mapping. Each cursor and each mapped row has a state of its own,
/// made with it. As in ML.NET, the mapping's input columns are read from the source even where none of its outputs is
/// asked for, so they must be active then.
/// </summary>
internal sealed class StatefulDataView<TSrc, TDst, TState> : IDataView, IRowToRowMapper
    where TSrc : class, new()
    where TDst : class, new()
    where TState : class, new()
{
    private readonly IDataView source;
    private readonly StatefulCustomMappingTransformer<TSrc, TDst, TState> transformer;
    private readonly AddedColumns columns;
    private readonly RowReader<TSrc> reader;

    public StatefulDataView(IDataView source, StatefulCustomMappingTransformer<TSrc, TDst, TState> transformer)
    {
        this.source = source;
        this.transformer = transformer;
        columns = new AddedColumns(source.Schema, [.. transformer.Outputs.Schema.Select(c => new DataViewSchema.DetachedColumn(c))]);
        reader = new RowReader<TSrc>(source.Schema, ignoreMissingColumns: false, definition: null);
    }

    public bool CanShuffle => source.CanShuffle;

    public DataViewSchema Schema => columns.Schema;

    public DataViewSchema InputSchema => source.Schema;

    public DataViewSchema OutputSchema => columns.Schema;

    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        var active = ActiveColumns.Of(columnsNeeded, Schema);
        return HasActiveOutput(active)
            ? OpenCursor(source.GetRowCursor(GetDependencies(columnsNeeded), CanShuffle ? rand : null), active)
            : ParallelRows.Open(this, columnsNeeded, CanShuffle ? rand : null);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
    {
        var active = ActiveColumns.Of(columnsNeeded, Schema);
        var inputs = GetDependencies(columnsNeeded);
        // Where its outputs are asked for, a state must see all rows.
        return HasActiveOutput(active)
            ? [OpenCursor(source.GetRowCursor(inputs), active)]
            : Array.ConvertAll(source.GetRowCursorSet(inputs, n), input => OpenCursor(input, active));
    }

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
    {
        var active = ActiveColumns.Of(dependingColumns, Schema);
        return ActiveColumns.Among(source.Schema,
            columns.PassedThroughAmong(c => active[c]).Concat(HasActiveOutput(active) ? reader.Columns : []));
    }

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        Fault.CheckValue(input);
        Fault.CheckValue(activeColumns);
        Fault.Check(input.Schema == source.Schema, "Schema of input row must be the same as the schema the mapper is bound to");
        var active = ActiveColumns.Of(activeColumns, Schema);
        return new MappedRow(input, columns, CreateGetters(input, columns.AddedAmong(c => active[c])));
    }

    private MappedCursor OpenCursor(DataViewRowCursor input, bool[] active)
        => new(input, columns, active, CreateGetters(input, _ => true));

    private Delegate[] CreateGetters(DataViewRow input, Func<int, bool> isActive)
        => new MappedObject<TSrc, TDst>(input, reader.CreateFiller(input), transformer.Outputs, transformer.WithNewState())
            .CreateGetters(isActive);

    private bool HasActiveOutput(bool[] active)
        => Enumerable.Range(0, active.Length).Any(c => active[c] && columns.IsAdded(c, out _));
}
