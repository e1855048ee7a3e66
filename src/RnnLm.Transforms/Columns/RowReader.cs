using Microsoft.ML;
using Microsoft.ML.Data;

namespace RnnLm.Transforms.Columns;

/// <summary>Reads a column from the first row to the last, in one pass in which no other column is active.</summary>
internal sealed class RowReader
{
    private readonly IDataView data;
    private readonly DataViewSchema.Column column;
    private readonly InputKind kind;

    public RowReader(MLContext mlContext, IDataView data, string columnName, InputKind kind)
    {
        this.kind = kind;
        this.data = data;
        if (kind == InputKind.Keys)
        {
            this.data = mlContext.Transforms.Conversion.MapKeyToValue(PrivateColumns.Words, columnName).Fit(data).Transform(data);
            columnName = PrivateColumns.Words;
        }
        column = this.data.Schema[columnName];
    }

    /// <summary>Reads every row.</summary>
    /// <param name="encoder">What takes the rows.</param>
    /// <param name="beforeRow">What is done before each row.</param>
    public void ReadTo(LineEncoder encoder, Action? beforeRow = null)
    {
        using var cursor = data.GetRowCursor([column]);
        if (kind == InputKind.Text) ReadText(cursor, encoder, beforeRow);
        else ReadWords(cursor, encoder, beforeRow);
    }

    private void ReadText(DataViewRowCursor cursor, LineEncoder encoder, Action? beforeRow)
    {
        var read = cursor.GetGetter<ReadOnlyMemory<char>>(column);
        var text = default(ReadOnlyMemory<char>);
        while (cursor.MoveNext())
        {
            beforeRow?.Invoke();
            read(ref text);
            encoder.Add(text.Span);
        }
    }

    private void ReadWords(DataViewRowCursor cursor, LineEncoder encoder, Action? beforeRow)
    {
        var read = cursor.GetGetter<VBuffer<ReadOnlyMemory<char>>>(column);
        var words = default(VBuffer<ReadOnlyMemory<char>>);
        while (cursor.MoveNext())
        {
            beforeRow?.Invoke();
            read(ref words);
            encoder.AddWords(words.DenseValues());
        }
    }
}
