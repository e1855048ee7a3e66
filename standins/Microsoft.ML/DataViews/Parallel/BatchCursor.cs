using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A cursor over the rows of batches that somebody supplies, null after the last.</summary>
internal sealed class BatchCursor(DataViewSchema schema, bool[] active, Func<RowBatch> nextBatch, Action onDispose) : DataViewRowCursor
{
    private RowBatch batch;
    private int place;
    private long position = -1;
    private bool ended;
    private bool disposed;

    public override long Position => position;

    public override long Batch => batch?.Number ?? -1;

    public override DataViewSchema Schema => schema;

    public override bool IsColumnActive(DataViewSchema.Column column)
    {
        Fault.CheckArgument(column.Index < active.Length, nameof(column));
        return active[column.Index];
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = Current().Ids[place];

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        Fault.CheckArgument(IsColumnActive(column), nameof(column), "requested column not active.");
        return ValueStore.CreateGetter(column.Type, () => (Current().Stores[column.Index], place)) as ValueGetter<TValue>
               ?? throw Fault.State($"Invalid TValue: '{typeof(TValue)}', expected type: '{column.Type.RawType}'.");
    }

    public override bool MoveNext()
    {
        if (ended)
            return false;
        if (batch is null || ++place == batch.Count)
        {
            // Stays ended where the next batch is an error.
            ended = true;
            batch = nextBatch();
            place = 0;
            ended = batch is null;
        }
        position = ended ? -1 : position + 1;
        return !ended;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposed)
            return;
        disposed = ended = true;
        position = -1;
        onDispose();
    }

    private RowBatch Current() => position >= 0 ? batch : throw Fault.State(Getters.NoRow);
}
