using Microsoft.ML;
using Microsoft.ML.Data;
using RnnLm.Transforms.Logging;

namespace RnnLm.Transforms.Columns;

/// <summary>
/// Reads a column from the first row to the last, in one pass in which no other column is active, and logs what of it is lost or looks
/// damaged. A key that is missing is read as the unknown word.
/// </summary>
internal sealed class RowReader
{
    private const char Replacement = '\uFFFD';

    private readonly MLContext mlContext;
    private readonly IDataView data;
    private readonly DataViewSchema.Column column;
    private readonly InputKind kind;
    private readonly ReadOnlyMemory<char> unknownWord;
    private readonly string description;

    /// <param name="mlContext">The context, for its log.</param>
    /// <param name="data">The data.</param>
    /// <param name="columnName">The column.</param>
    /// <param name="kind">What it holds.</param>
    /// <param name="unknownWord">What a missing key is read as.</param>
    /// <param name="description">What the data is, for the log.</param>
    public RowReader(MLContext mlContext, IDataView data, string columnName, InputKind kind, string unknownWord, string description)
    {
        this.mlContext = mlContext;
        this.data = data;
        this.kind = kind;
        this.unknownWord = unknownWord.AsMemory();
        this.description = description;
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
        long damaged = 0;
        for (long row = 0; cursor.MoveNext(); row++)
        {
            read(ref text);
            if (text.Span.Contains(Replacement)) damaged++;
            encoderOf(row).Add(text.Span);
        }
        Log(damaged, empty: 0);
    }

    private void ReadWords(DataViewRowCursor cursor, Func<long, LineEncoder> encoderOf)
    {
        var read = cursor.GetGetter<VBuffer<ReadOnlyMemory<char>>>(column);
        var buffer = default(VBuffer<ReadOnlyMemory<char>>);
        var words = new List<ReadOnlyMemory<char>>();
        long damaged = 0, empty = 0;
        for (long row = 0; cursor.MoveNext(); row++)
        {
            read(ref buffer);
            words.Clear();
            var isDamaged = false;
            foreach (var word in buffer.DenseValues())
            {
                if (!word.IsEmpty) words.Add(word);
                else if (kind == InputKind.Keys) words.Add(unknownWord);
                else empty++;
                isDamaged |= word.Span.Contains(Replacement);
            }
            if (isDamaged) damaged++;
            encoderOf(row).AddWords(words);
        }
        Log(damaged, empty);
    }

    private void Log(long damaged, long empty)
    {
        using var channel = LanguageModelingLog.Start(mlContext);
        channel.Damaged(damaged, description);
        channel.PassedOver(empty, description);
    }
}
