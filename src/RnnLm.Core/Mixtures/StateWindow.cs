using RnnLm.Numerics;

namespace RnnLm.Mixtures;

/// <summary>
/// The hidden states of a network along a text: those after which words are scored, before them those that a cache holds, and behind them those that are
/// being read.
/// </summary>
/// <param name="columns">The size of a state.</param>
/// <param name="kept">How many states before those that are scored are kept.</param>
/// <param name="capacity">The greatest number of states at a time: those kept, those scored and those being read.</param>
internal sealed class StateWindow(int columns, int kept, int capacity)
{
    private readonly float[] states = new float[checked(capacity * columns)]; // [capacity, columns]
    private int first; // the position in the text of the first row
    private int count;

    /// <summary>States that are there.</summary>
    /// <param name="position">The position in the text of the first.</param>
    /// <param name="rows">Their number.</param>
    public MatrixView Rows(int position, int rows) => new(states, (position - first) * columns, rows, columns, columns);

    /// <summary>Room for the next states, which <see cref="Append"/> has be there.</summary>
    /// <param name="rows">Their number.</param>
    public MatrixView Next(int rows) => new(states, count * columns, rows, columns, columns);

    /// <summary>Has the next states be there.</summary>
    /// <param name="rows">Their number.</param>
    public void Append(int rows) => count += rows;

    /// <summary>Forgets the states that no cache holds when words are scored from a position on.</summary>
    /// <param name="position">The position in the text.</param>
    public void Forget(int position)
    {
        var dropped = position - kept - first;
        if (dropped <= 0) return;
        states.AsSpan(dropped * columns, (count - dropped) * columns).CopyTo(states);
        first += dropped;
        count -= dropped;
    }
}
