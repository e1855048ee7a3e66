namespace Microsoft.ML.Data;

/// <summary>Copies rows of a cursor into batches.</summary>
internal sealed class BatchWriter
{
    private readonly DataViewRowCursor cursor;
    private readonly DataViewSchema.Column[] active;
    private readonly Action<ValueStore, int>[] writers;
    private readonly ValueGetter<DataViewRowId> getId;

    public BatchWriter(DataViewRowCursor cursor)
    {
        this.cursor = cursor;
        active = [.. cursor.Schema.Where(cursor.IsColumnActive)];
        writers = Array.ConvertAll(active, column => ValueStore.CreateWriter(cursor, column));
        getId = cursor.GetIdGetter();
    }

    public RowBatch NewBatch(long number)
    {
        var stores = new ValueStore[cursor.Schema.Count];
        foreach (var column in active)
            stores[column.Index] = ValueStore.Create(column.Type);
        return new RowBatch(number, stores, []);
    }

    /// <summary>Adds the row at which the cursor stands.</summary>
    public void Add(RowBatch batch)
    {
        for (var i = 0; i < active.Length; i++)
            writers[i](batch.Stores[active[i].Index], batch.Count);
        DataViewRowId id = default;
        getId(ref id);
        batch.Ids.Add(id);
    }
}
