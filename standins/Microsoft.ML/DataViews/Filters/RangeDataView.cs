namespace Microsoft.ML.Data;

/// <summary>Some consecutive rows of a data view.</summary>
internal sealed class RangeDataView(IDataView source, long skip, long take) : IDataView
{
    public bool CanShuffle => false;

    public DataViewSchema Schema => source.Schema;

    public long? GetRowCount()
        => take == 0 ? 0 : source.GetRowCount() is { } count ? Math.Min(Math.Max(0, count - skip), take) : null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
        => new Cursor(source.GetRowCursor(columnsNeeded), ActiveColumns.Of(columnsNeeded, Schema), skip, take);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
        => [GetRowCursor(columnsNeeded)];

    private sealed class Cursor(DataViewRowCursor input, bool[] active, long skip, long take) : FilteringCursor(input, active)
    {
        private long left = take;
        private bool started;

        public override long Batch => 0;

        protected override bool MoveInput()
        {
            if (left == 0)
                return false;
            left--;
            for (var i = 0L; !started && i < skip; i++)
                if (!Input.MoveNext())
                    return false;
            started = true;
            return Input.MoveNext();
        }
    }
}
