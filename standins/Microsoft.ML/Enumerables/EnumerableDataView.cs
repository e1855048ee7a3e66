using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Objects as a data view. They are enumerated anew by each cursor.</summary>
internal sealed class EnumerableDataView<TRow>(IEnumerable<TRow> data, RowType type) : IDataView
    where TRow : class
{
    public bool CanShuffle => false;

    public DataViewSchema Schema { get; } = type.Schema;

    public long? GetRowCount() => (data as ICollection<TRow>)?.Count;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        var active = ActiveColumns.Of(columnsNeeded, Schema);
        return new Cursor(new ObjectRow<TRow>(type, Schema, c => active[c]), data.GetEnumerator());
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
        => [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(ObjectRow<TRow> row, IEnumerator<TRow> rows) : DataViewRowCursor
    {
        private bool ended;

        public override long Position => row.Position;

        public override long Batch => row.Batch;

        public override DataViewSchema Schema => row.Schema;

        public override bool IsColumnActive(DataViewSchema.Column column) => row.IsColumnActive(column);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => row.GetGetter<TValue>(column);

        public override ValueGetter<DataViewRowId> GetIdGetter() => row.GetIdGetter();

        public override bool MoveNext()
        {
            if (ended)
                return false;
            if (!rows.MoveNext())
            {
                Dispose();
                return false;
            }
            row.MoveTo(rows.Current ?? throw Fault.State("Encountered null when iterating over data, this is not supported."));
            return true;
        }

        protected override void Dispose(bool disposing)
        {
            if (ended)
                return;
            ended = true;
            row.MoveBeyondEnd();
            rows.Dispose();
        }
    }
}
