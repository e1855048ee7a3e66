namespace Microsoft.ML.Data;

/// <summary>A text file as a data view. The file is read anew by each cursor.</summary>
internal sealed class TextFileDataView(string path, TextFileFormat format) : IDataView
{
    public bool CanShuffle => false;

    public DataViewSchema Schema => format.Schema;

    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
        => new TextFileCursor(path, format, ActiveColumns.Of(columnsNeeded, Schema));

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
        => [GetRowCursor(columnsNeeded, rand)];
}
