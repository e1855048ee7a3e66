using RnnLm.Numerics;

namespace RnnLm.Inference;

/// <summary>The states of many texts, a row a text, which a <see cref="BatchStep"/> moves on together.</summary>
internal sealed class RecurrentStates
{
    private readonly NetworkShape shape;
    private readonly float[][] hidden;
    private readonly float[][] cell;

    /// <summary>No states yet, but room for so many.</summary>
    public RecurrentStates(NetworkShape shape, int capacity)
    {
        this.shape = shape;
        hidden = NewMatrices();
        cell = shape.CellDescription.HasMemory ? NewMatrices() : [];

        float[][] NewMatrices() => [.. Enumerable.Range(0, shape.Layers).Select(layer => new float[capacity * shape.OutputSizeOf(layer)])];
    }

    /// <summary>The number of states.</summary>
    public int Count { get; private set; }

    /// <summary>The hidden states of the last layer, which the output layer reads: <c>[n, output]</c>.</summary>
    public MatrixView Output => Hidden(hidden.Length - 1);

    /// <summary>The hidden states of a layer: <c>[n, hidden]</c>.</summary>
    public MatrixView Hidden(int layer) => new(hidden[layer], Count, shape.OutputSizeOf(layer));

    /// <summary>The cell states of a layer: <c>[n, hidden]</c>; without columns unless the cells are LSTMs.</summary>
    public MatrixView Cell(int layer) => cell.Length == 0 ? new MatrixView([], Count, 0) : new MatrixView(cell[layer], Count, shape.OutputSizeOf(layer));

    /// <summary>Makes these states a single one that has read nothing.</summary>
    public void Reset()
    {
        Count = 1;
        for (var layer = 0; layer < shape.Layers; layer++)
        {
            Hidden(layer).Row(0).Clear();
            Cell(layer).Row(0).Clear();
        }
    }

    /// <summary>Makes these states copies of others, each any number of times.</summary>
    /// <param name="source">The others.</param>
    /// <param name="rows">Which of the others each is a copy of.</param>
    public void CopyFrom(RecurrentStates source, ReadOnlySpan<int> rows)
    {
        Count = rows.Length;
        for (var layer = 0; layer < shape.Layers; layer++)
        {
            var (hiddenFrom, hiddenTo, cellFrom, cellTo) = (source.Hidden(layer), Hidden(layer), source.Cell(layer), Cell(layer));
            for (var i = 0; i < rows.Length; i++)
            {
                hiddenFrom.Row(rows[i]).CopyTo(hiddenTo.Row(i));
                cellFrom.Row(rows[i]).CopyTo(cellTo.Row(i));
            }
        }
    }
}
