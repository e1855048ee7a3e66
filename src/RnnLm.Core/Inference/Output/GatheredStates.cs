using System.Runtime.InteropServices;
using RnnLm.Numerics;

namespace RnnLm.Inference;

/// <summary>The states that some questions are about, gathered from among others, each once. It is working room, so it belongs to one thread.</summary>
/// <param name="size">The size of a state.</param>
/// <param name="capacity">The greatest number of states at a time.</param>
internal sealed class GatheredStates(int size, int capacity)
{
    private readonly float[] values = new float[capacity * size];
    private readonly List<(int Query, int Row)> queries = [];
    private int rows;
    private int latest;

    /// <summary>The questions, and the row of <see cref="States"/> that each is about.</summary>
    public ReadOnlySpan<(int Query, int Row)> Queries => CollectionsMarshal.AsSpan(queries);

    /// <summary>The states: <c>[n, size]</c>.</summary>
    public MatrixView States => new(values, rows, size);

    /// <summary>Begins anew, with no state.</summary>
    public void Clear()
    {
        queries.Clear();
        rows = 0;
    }

    /// <summary>Gathers the state of a question; questions come in the order of their states.</summary>
    /// <param name="hidden">The states gathered from: <c>[n, size]</c>.</param>
    /// <param name="state">The row of the state.</param>
    /// <param name="query">The question.</param>
    public void Add(MatrixView hidden, int state, int query)
    {
        if (rows == 0 || state != latest) hidden.Row(state).CopyTo(values.AsSpan(rows++ * size, size));
        latest = state;
        queries.Add((query, rows - 1));
    }
}
