using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>
/// The rows of a data view in random order: each is drawn from a pool of the rows that come next, beside shuffling the
/// source where it can be shuffled.
/// </summary>
internal sealed class ShuffledDataView(IDataView source, int seed, int poolSize, bool shuffleSource) : IDataView
{
    public bool CanShuffle => true;

    public DataViewSchema Schema => source.Schema;

    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        var random = rand ?? new Random(seed);
        var active = ActiveColumns.Of(columnsNeeded, Schema);
        return new Cursor(source.GetRowCursor(columnsNeeded, shuffleSource && source.CanShuffle ? random : null), active, random, poolSize);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
        => [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor : WrappingCursor
    {
        private readonly ValueStore[] stores;
        private readonly List<DataViewRowId> ids = [];
        private readonly ValueGetter<DataViewRowId> getId;
        private readonly List<Action<int>> writers = [];
        private readonly Random random;
        private readonly int poolSize;
        private readonly List<int> pool = [];
        private long position = -1;
        private int current = -1;
        private bool ended;

        public Cursor(DataViewRowCursor input, bool[] active, Random random, int poolSize)
            : base(input)
        {
            this.random = random;
            this.poolSize = poolSize;
            getId = input.GetIdGetter();
            stores = new ValueStore[active.Length];
            foreach (var column in input.Schema.Where(c => active[c.Index]))
            {
                stores[column.Index] = ValueStore.Create(column.Type);
                var write = ValueStore.CreateWriter(input, column);
                writers.Add(place => write(stores[column.Index], place));
            }
        }

        public override long Position => position;

        public override long Batch => 0;

        public override DataViewSchema Schema => Input.Schema;

        public override bool IsColumnActive(DataViewSchema.Column column) => stores[column.Index] is not null;

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = ids[Place()];

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            Fault.Check(IsColumnActive(column));
            return Getters.As<TValue>(ValueStore.CreateGetter(column.Type, () => (stores[column.Index], Place())));
        }

        public override bool MoveNext()
        {
            if (ended)
                return false;
            // The place of the last row is free for the next one.
            if (current >= 0 && Take(current))
                pool.Add(current);
            while (position < 0 && pool.Count < poolSize && Take(ids.Count))
                pool.Add(ids.Count - 1);
            ended = pool.Count == 0;
            current = -1;
            position = ended ? -1 : position + 1;
            if (ended)
                return false;
            var drawn = random.Next(pool.Count);
            current = pool[drawn];
            pool[drawn] = pool[^1];
            pool.RemoveAt(pool.Count - 1);
            return true;
        }

        private bool Take(int place)
        {
            if (!Input.MoveNext())
                return false;
            DataViewRowId id = default;
            getId(ref id);
            if (place == ids.Count)
                ids.Add(id);
            else
                ids[place] = id;
            foreach (var write in writers)
                write(place);
            return true;
        }

        private int Place() => current >= 0 ? current : throw Fault.State(Getters.NoRow);
    }
}
