namespace Microsoft.ML.Data;

/// <summary>The rows of a data view for which a predicate holds.</summary>
internal sealed class FilteredDataView(
    IDataView source,
    int[] testedColumns,
    Func<DataViewRow, Func<bool>> createPredicate,
    bool mayShuffle = true)
    : IDataView
{
    public bool CanShuffle => mayShuffle && source.CanShuffle;

    public DataViewSchema Schema => source.Schema;

    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        if (mayShuffle)
            return ParallelRows.Open(this, columnsNeeded, CanShuffle ? rand : null);
        var active = ActiveColumns.Of(columnsNeeded, Schema);
        var input = source.GetRowCursor(InputsOf(active));
        return new Cursor(input, active, createPredicate(input));
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
    {
        if (!mayShuffle)
            return [GetRowCursor(columnsNeeded, rand)];
        var active = ActiveColumns.Of(columnsNeeded, Schema);
        return Array.ConvertAll(source.GetRowCursorSet(InputsOf(active), n, rand),
            input => new Cursor(input, active, createPredicate(input)));
    }

    private IEnumerable<DataViewSchema.Column> InputsOf(bool[] active)
        => Schema.Where(c => active[c.Index] || testedColumns.Contains(c.Index));

    private sealed class Cursor(DataViewRowCursor input, bool[] active, Func<bool> accepts) : FilteringCursor(input, active)
    {
        protected override bool MoveInput()
        {
            while (Input.MoveNext())
                if (accepts())
                    return true;
            return false;
        }
    }
}
