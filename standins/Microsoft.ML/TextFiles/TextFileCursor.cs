using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

internal sealed class TextFileCursor : DataViewRowCursor
{
    private readonly TextFileFormat format;
    private readonly IEnumerator<(long Number, string Text)> lines;
    private readonly List<ReadOnlyMemory<char>> fields = [];
    private readonly TextFileValue[] values;
    private long position = -1;
    private bool ended;

    public TextFileCursor(string path, TextFileFormat format, bool[] active)
    {
        this.format = format;
        lines = TextFileLines.Read(path, format).Skip(format.HasHeader ? 1 : 0).GetEnumerator();
        values = [.. format.Columns.Select((column, i) => active[i] ? TextFileValue.Create(column, format, fields) : null)];
    }

    public override long Position => position;

    public override long Batch => 0;

    public override DataViewSchema Schema => format.Schema;

    public override bool IsColumnActive(DataViewSchema.Column column) => values[column.Index] is not null;

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) =>
    {
        CheckRow();
        id = new DataViewRowId((ulong)position, 0);
    };

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        Fault.CheckArgument(IsColumnActive(column), nameof(column), "requested column not active.");
        return Getters.As<TValue>(values[column.Index].CreateGetter(CheckRow));
    }

    public override bool MoveNext()
    {
        if (ended)
            return false;
        // Stays ended where the file cannot be read on.
        ended = true;
        ended = position + 1 >= format.MaxRows || !lines.MoveNext();
        if (ended)
        {
            Dispose();
            return false;
        }
        var text = lines.Current.Text.AsMemory();
        FieldParser.Parse(format.Trim ? text.TrimEnd() : text, format, fields);
        try
        {
            foreach (var value in values)
                value?.Read(lines.Current.Number);
        }
        catch (InvalidOperationException exception)
        {
            ended = true;
            throw Fault.Format(exception, $"Parsing failed with an exception: {exception.Message}");
        }
        position++;
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        ended = true;
        position = -1;
        lines.Dispose();
    }

    private void CheckRow() => Fault.Check(position >= 0, Getters.NoRow);
}
