using Microsoft.ML;
using Microsoft.ML.Data;
using RnnLm.Text;
using RnnLm.Transforms.Logging;

namespace RnnLm.Transforms.Columns;

/// <summary>
/// Reads a column from the first row to the last, in one pass in which no other column is active, and logs what of it is lost or looks
/// damaged. A row is one text, whatever line breaks it has; a key that is missing is read as the unknown word.
/// </summary>
internal sealed class RowReader
{
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
        long damaged = 0;
        while (cursor.MoveNext())
        {
            beforeRow?.Invoke();
            read(ref text);
            if (text.Span.Contains(TextRepair.Replacement)) damaged++;
            encoder.AddText(text.Span);
        }
        Log(damaged, empty: 0);
    }

    private void ReadWords(DataViewRowCursor cursor, LineEncoder encoder, Action? beforeRow)
    {
        var read = cursor.GetGetter<VBuffer<ReadOnlyMemory<char>>>(column);
        var buffer = default(VBuffer<ReadOnlyMemory<char>>);
        var words = new List<ReadOnlyMemory<char>>();
        long damaged = 0, empty = 0;
        while (cursor.MoveNext())
        {
            beforeRow?.Invoke();
            read(ref buffer);
            words.Clear();
            var isDamaged = false;
            foreach (var word in buffer.DenseValues())
            {
                if (!word.IsEmpty) words.Add(word);
                else if (kind == InputKind.Keys) words.Add(unknownWord);
                else empty++;
                isDamaged |= word.Span.Contains(TextRepair.Replacement);
            }
            if (isDamaged) damaged++;
            encoder.AddWords(words);
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
