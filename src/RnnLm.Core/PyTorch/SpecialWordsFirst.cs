namespace RnnLm.PyTorch;

/// <summary>Brings what belongs to the unknown word and to the end-of-line word to the front, in this order; the rest keeps its order.</summary>
internal sealed class SpecialWordsFirst
{
    private readonly int unknown;
    private readonly int endOfLine;

    /// <param name="unknown">The id of the unknown word before.</param>
    /// <param name="endOfLine">The id of the end-of-line word before.</param>
    public SpecialWordsFirst(int unknown, int endOfLine)
    {
        this.unknown = unknown;
        // The unknown word is moved first, which moves the words before it by one.
        this.endOfLine = endOfLine < unknown ? endOfLine + 1 : endOfLine;
    }

    /// <summary>Changes the order of rows.</summary>
    /// <param name="values">The rows: <c>[vocabulary, columns]</c>.</param>
    /// <param name="columns">The length of a row.</param>
    public void Apply<T>(T[] values, int columns = 1)
    {
        MoveRow(values, unknown, 0, columns);
        MoveRow(values, endOfLine, 1, columns);
    }

    private static void MoveRow<T>(T[] values, int from, int to, int columns)
    {
        var row = values.AsSpan(from * columns, columns).ToArray();
        Array.Copy(values, to * columns, values, (to + 1) * columns, (from - to) * columns);
        row.CopyTo(values, to * columns);
    }
}
