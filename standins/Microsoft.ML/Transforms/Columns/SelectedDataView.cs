namespace Microsoft.ML.Data;

/// <summary>Some columns of a data view, in some order.</summary>
internal sealed class SelectedDataView(IDataView source, int[] inputIndices) : IDataView, IRowToRowMapper
{
    public bool CanShuffle => source.CanShuffle;

    public DataViewSchema Schema { get; }
        = DataViewSchema.Of(inputIndices.Select(i => new DataViewSchema.DetachedColumn(source.Schema[i])));

    public DataViewSchema InputSchema => source.Schema;

    public DataViewSchema OutputSchema => Schema;

    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
        => new Cursor(this, source.GetRowCursor(GetDependencies(columnsNeeded), rand), ActiveColumns.Of(columnsNeeded, Schema));

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
    {
        var active = ActiveColumns.Of(columnsNeeded, Schema);
        return Array.ConvertAll(source.GetRowCursorSet(GetDependencies(columnsNeeded), n, rand), input => new Cursor(this, input, active));
    }

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
        => ActiveColumns.Among(source.Schema, dependingColumns.Select(c => inputIndices[c.Index]));

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns) => new Row(this, input);

    private sealed class Row(SelectedDataView owner, DataViewRow input) : WrappingRow(input)
    {
        public override DataViewSchema Schema => owner.Schema;

        public override bool IsColumnActive(DataViewSchema.Column column) => true;

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
            => Input.GetGetter<TValue>(Input.Schema[owner.InputIndexOf(column)]);
    }

    private sealed class Cursor(SelectedDataView owner, DataViewRowCursor input, bool[] active) : WrappingCursor(input)
    {
        public override DataViewSchema Schema => owner.Schema;

        public override bool IsColumnActive(DataViewSchema.Column column) => active[column.Index];

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
            => Input.GetGetter<TValue>(Input.Schema[owner.InputIndexOf(column)]);
    }

    private int InputIndexOf(DataViewSchema.Column column) => inputIndices[column.Index];
}
