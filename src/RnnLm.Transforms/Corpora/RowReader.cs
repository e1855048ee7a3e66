using Microsoft.ML;
using Microsoft.ML.Data;
using RnnLm.Transforms.Columns;

namespace RnnLm.Transforms.Corpora;

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

    /// <summary>The number of rows; they are counted where the data does not know it.</summary>
    public long CountRows()
    {
        if (data.GetRowCount() is { } known) return known;
        using var cursor = data.GetRowCursor([]);
        long count = 0;
        while (cursor.MoveNext()) count++;
        return count;
    }

    /// <summary>Reads every row.</summary>
    /// <param name="encoderOf">What takes a row, by its number from 0.</param>
    public void ReadTo(Func<long, LineEncoder> encoderOf)
    {
        using var cursor = data.GetRowCursor([column]);
        if (kind == InputKind.Text) ReadText(cursor, encoderOf);
        else ReadWords(cursor, encoderOf);
    }

    private void ReadText(DataViewRowCursor cursor, Func<long, LineEncoder> encoderOf)
    {
        var read = cursor.GetGetter<ReadOnlyMemory<char>>(column);
        var text = default(ReadOnlyMemory<char>);
        for (long row = 0; cursor.MoveNext(); row++)
        {
            read(ref text);
            encoderOf(row).Add(text.Span);
        }
    }

    private void ReadWords(DataViewRowCursor cursor, Func<long, LineEncoder> encoderOf)
    {
        var read = cursor.GetGetter<VBuffer<ReadOnlyMemory<char>>>(column);
        var words = default(VBuffer<ReadOnlyMemory<char>>);
        for (long row = 0; cursor.MoveNext(); row++)
        {
            read(ref words);
            encoderOf(row).AddWords(words.DenseValues());
        }
    }
}
