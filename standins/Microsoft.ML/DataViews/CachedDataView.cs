using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A data view that keeps in memory the columns it has been asked for, from the first row that is read on.</summary>
internal sealed class CachedDataView : IDataView
{
    private readonly IDataView source;
    private readonly Lock filling = new();
    private readonly ValueStore[] stores;
    private long rowCount;

    public CachedDataView(IDataView source, IEnumerable<int> prefetch)
    {
        this.source = source;
        rowCount = source.GetRowCount() ?? -1;
        stores = new ValueStore[source.Schema.Count];
        var first = prefetch.ToArray();
        if (first.Length > 0)
            Fill(first);
    }

    public bool CanShuffle => true;

    public DataViewSchema Schema => source.Schema;

    public long? GetRowCount()
    {
        var count = Interlocked.Read(ref rowCount);
        return count < 0 ? null : count;
    }

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
        => new Cursor(this, ActiveColumns.Of(columnsNeeded, Schema), rand);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
        => [GetRowCursor(columnsNeeded, rand)];

    private void Fill(int[] columns)
    {
        lock (filling)
        {
            var missing = columns.Where(c => stores[c] is null).ToArray();
            if (missing.Length == 0 && rowCount >= 0)
                return;
            using var cursor = source.GetRowCursor(Schema.Where(c => missing.Contains(c.Index)));
            var filled = Array.ConvertAll(missing, c => ValueStore.Create(Schema[c].Type));
            var writers = Array.ConvertAll(missing, c => ValueStore.CreateWriter(cursor, Schema[c]));
            var rows = 0;
            for (; cursor.MoveNext(); rows++)
                for (var i = 0; i < writers.Length; i++)
                    writers[i](filled[i], rows);
            for (var i = 0; i < missing.Length; i++)
                stores[missing[i]] = filled[i];
            Interlocked.Exchange(ref rowCount, rows);
        }
    }

    private sealed class Cursor(CachedDataView owner, bool[] active, Random random) : DataViewRowCursor
    {
        private int[] order;
        private long position = -1;
        private bool started;
        private bool ended;

        public override long Position => position;

        public override long Batch => 0;

        public override DataViewSchema Schema => owner.Schema;

        public override bool IsColumnActive(DataViewSchema.Column column) => active[column.Index];

        public override ValueGetter<DataViewRowId> GetIdGetter()
            => (ref DataViewRowId id) => id = new DataViewRowId((ulong)Place(), 0);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            Fault.Check(IsColumnActive(column));
            return Getters.As<TValue>(ValueStore.CreateGetter(column.Type, () =>
            {
                var place = Place();
                return (owner.stores[column.Index], place);
            }));
        }

        public override bool MoveNext()
        {
            if (ended)
                return false;
            if (!started)
            {
                started = true;
                owner.Fill([.. Enumerable.Range(0, active.Length).Where(c => active[c])]);
                if (random is not null)
                {
                    order = [.. Enumerable.Range(0, (int)owner.rowCount)];
                    random.Shuffle(order);
                }
            }
            ended = position + 1 >= owner.rowCount;
            position = ended ? -1 : position + 1;
            return !ended;
        }

        private int Place()
        {
            Fault.Check(position >= 0, Getters.NoRow);
            return order is null ? (int)position : order[position];
        }
    }
}
