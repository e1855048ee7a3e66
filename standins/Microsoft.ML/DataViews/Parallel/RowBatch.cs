namespace Microsoft.ML.Data;

/// <summary>
/// Some consecutive rows, copied from a cursor so that another thread can read them, or the error that came instead of them.
/// </summary>
internal sealed class RowBatch(long number, ValueStore[] stores, List<DataViewRowId> ids, Exception error = null)
{
    /// <summary>The place of the batch among all batches.</summary>
    public long Number => number;

    public int Count => ids.Count;

    /// <summary>The values by column index; null for columns that are not active.</summary>
    public ValueStore[] Stores => stores;

    public List<DataViewRowId> Ids => ids;

    public Exception Error => error;

    public static RowBatch OfError(Exception error) => new(-1, null, null, error);
}
