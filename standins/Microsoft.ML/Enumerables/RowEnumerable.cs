namespace Microsoft.ML.Data;

internal static class RowEnumerable
{
    /// <summary>The rows of a data view as objects: a new one for each row, or one and the same.</summary>
    public static IEnumerable<TRow> Create<TRow>(IDataView data, bool reuseRowObject, RowReader<TRow> reader)
        where TRow : class, new()
    {
        using var cursor = data.GetRowCursor(ActiveColumns.Among(data.Schema, reader.Columns));
        var fill = reader.CreateFiller(cursor);
        TRow row = null;
        while (cursor.MoveNext())
        {
            if (!reuseRowObject || row is null)
                row = new TRow();
            fill(row);
            yield return row;
        }
    }
}
