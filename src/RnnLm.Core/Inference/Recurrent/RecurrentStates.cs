using RnnLm.Numerics;

namespace RnnLm.Inference;

/// <summary>The states of any number of texts, a row a text, which a <see cref="Network"/> moves on together.</summary>
internal sealed class RecurrentStates
{
    private readonly float[][] hidden;
    private readonly float[][] memory;

    /// <summary>No states yet, but room for so many.</summary>
    public RecurrentStates(NetworkShape shape, int capacity)
    {
        Shape = shape;
        hidden = NewMatrices(shape.OutputSizeOf);
        memory = shape.CellDescription.HasMemory ? NewMatrices(shape.UnitsOf) : [];

        float[][] NewMatrices(Func<int, int> sizeOf) => [.. Enumerable.Range(0, shape.Layers).Select(layer => new float[capacity * sizeOf(layer)])];
    }

    /// <summary>The sizes of the network whose states they are.</summary>
    public NetworkShape Shape { get; }

    /// <summary>The number of states.</summary>
    public int Count { get; private set; }

    /// <summary>The hidden states of the last layer, which the output layer reads: <c>[n, output]</c>.</summary>
    public MatrixView Output => Hidden(hidden.Length - 1);

    /// <summary>The hidden states of a layer: <c>[n, output]</c>.</summary>
    public MatrixView Hidden(int layer) => new(hidden[layer], Count, Shape.OutputSizeOf(layer));

    /// <summary>The memories of a layer's cells: <c>[n, hidden]</c>; without columns where cells have none.</summary>
    public MatrixView Memory(int layer) => memory.Length == 0 ? new MatrixView([], Count, 0) : new MatrixView(memory[layer], Count, Shape.UnitsOf(layer));

    /// <summary>Makes these states a single one that has read nothing.</summary>
    public void Reset()
    {
        Count = 1;
        for (var layer = 0; layer < Shape.Layers; layer++)
        {
            Hidden(layer).Row(0).Clear();
            Memory(layer).Row(0).Clear();
        }
    }

    /// <summary>Makes these states copies of others, each any number of times.</summary>
    /// <param name="source">The others.</param>
    /// <param name="rows">Which of the others each is a copy of.</param>
    public void CopyFrom(RecurrentStates source, ReadOnlySpan<int> rows)
    {
        Count = rows.Length;
        for (var layer = 0; layer < Shape.Layers; layer++)
        {
            var (hiddenFrom, hiddenTo, memoryFrom, memoryTo) = (source.Hidden(layer), Hidden(layer), source.Memory(layer), Memory(layer));
            for (var i = 0; i < rows.Length; i++)
            {
                hiddenFrom.Row(rows[i]).CopyTo(hiddenTo.Row(i));
                memoryFrom.Row(rows[i]).CopyTo(memoryTo.Row(i));
            }
        }
    }
}
