namespace Microsoft.ML.Data;

/// <summary>
/// Reading a data view on several threads. ML.NET reads almost every transformed view that way, which shows: what a
/// mapping throws reaches the reader inside another exception, rows are computed ahead of the reader, and a mapping runs
/// on several threads at once.
/// </summary>
internal static class ParallelRows
{
    public const string WorkerFailed = "Splitter/consolidator worker encountered exception while consuming source data";

    private static int ThreadCount => Math.Max(2, Environment.ProcessorCount - 1);

    /// <summary>One cursor over the rows, in order, of as many cursors as the view gives for the threads that there are.</summary>
    public static DataViewRowCursor Open(IDataView view, IEnumerable<DataViewSchema.Column> columnsNeeded, Random random)
    {
        var cursors = view.GetRowCursorSet(columnsNeeded, ThreadCount, random);
        if (cursors.Length == 1)
            return cursors[0];
        var merge = new BatchMerge(cursors);
        return new BatchCursor(view.Schema, ActiveColumns.Of(columnsNeeded, view.Schema), merge.Next, merge.Stop);
    }

    /// <summary>Several cursors that share the rows of one.</summary>
    public static DataViewRowCursor[] Split(DataViewRowCursor cursor, int count)
    {
        var source = new BatchSource(cursor, count);
        bool[] active = [.. cursor.Schema.Select(cursor.IsColumnActive)];
        return [.. Enumerable.Range(0, count).Select(_ => new BatchCursor(cursor.Schema, active, source.Next, source.Release))];
    }
}
