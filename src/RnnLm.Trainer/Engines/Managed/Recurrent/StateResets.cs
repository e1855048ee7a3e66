using RnnLm.Networks;
using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary>
/// The positions of a window that a layer reads from the zero state. The row of the state before such a position is the output of the
/// step before as well, so it is set aside only while the position itself is computed, forward or back.
/// </summary>
/// <param name="cell">The cell.</param>
/// <param name="states">What the layer computes over a window.</param>
internal sealed class StateResets(Cell cell, UnrolledStates states)
{
    private ReadOnlyMemory<int> positions; // in ascending order
    private MatrixView hidden; // what was set aside: [resets, output]
    private MatrixView memory; // [resets, units]
    private MatrixView hiddenGradient; // [resets, output]

    /// <summary>Begins a window.</summary>
    /// <param name="positions">The positions, in ascending order.</param>
    public void Begin(ReadOnlyMemory<int> positions)
    {
        this.positions = positions;
        if (positions.Length <= hidden.Rows) return;
        // Every stream at once is what each epoch begins with, so that this is most often the only time.
        var room = Math.Max(states.BatchSize, 2 * positions.Length);
        hidden = MatrixView.Zeros(room, states.OutputSize);
        memory = MatrixView.Zeros(cell.HasMemory ? room : 0, states.Units);
        hiddenGradient = MatrixView.Zeros(room, states.OutputSize);
    }

    /// <summary>The resets among some positions, by their place in the order of all.</summary>
    public (int Start, int End) Among(int first, int count)
    {
        if (positions.IsEmpty) return (0, 0);
        var start = PlaceOf(first);
        return (start, PlaceOf(first + count));
    }

    /// <summary>Puts the zero state before some resets, and sets aside what is there.</summary>
    /// <param name="resets">The resets.</param>
    /// <param name="share">The part of the layer; all else stays as it is.</param>
    public void Enter((int Start, int End) resets, UnitShare share)
    {
        for (var reset = resets.Start; reset < resets.End; reset++)
        {
            var row = positions.Span[reset];
            Move(states.Hidden, row, hidden, reset, share.Output, share.Outputs);
            states.Hidden.Row(row).Slice(share.Output, share.Outputs).Clear();
            if (!cell.HasMemory) continue;
            Move(states.Memory, row, memory, reset, share.Unit, share.Units);
            states.Memory.Row(row).Slice(share.Unit, share.Units).Clear();
        }
    }

    /// <summary>Puts back what <see cref="Enter"/> set aside.</summary>
    /// <inheritdoc cref="Enter"/>
    public void Leave((int Start, int End) resets, UnitShare share)
    {
        for (var reset = resets.Start; reset < resets.End; reset++)
        {
            var row = positions.Span[reset];
            Move(hidden, reset, states.Hidden, row, share.Output, share.Outputs);
            if (cell.HasMemory) Move(memory, reset, states.Memory, row, share.Unit, share.Units);
        }
    }

    /// <summary><see cref="Enter"/> on the way back: sets aside the gradient of the state too, as it came from the layer above.</summary>
    /// <inheritdoc cref="Enter"/>
    public void EnterBackward((int Start, int End) resets, UnitShare share)
    {
        Enter(resets, share);
        for (var reset = resets.Start; reset < resets.End; reset++)
            Move(states.HiddenGradient, positions.Span[reset], hiddenGradient, reset, share.Output, share.Outputs);
    }

    /// <summary>Puts back what <see cref="EnterBackward"/> set aside: nothing that has been added to the gradient goes across the reset.</summary>
    /// <inheritdoc cref="Enter"/>
    public void LeaveBackward((int Start, int End) resets, UnitShare share)
    {
        Leave(resets, share);
        for (var reset = resets.Start; reset < resets.End; reset++)
        {
            var row = positions.Span[reset];
            Move(hiddenGradient, reset, states.HiddenGradient, row, share.Output, share.Outputs);
            if (cell.HasMemory) states.MemoryGradient.Row(row % states.BatchSize).Slice(share.Unit, share.Units).Clear();
        }
    }

    /// <summary>Puts the zero state before every reset for good: to be called when nobody needs the layer's output any more.</summary>
    public void Keep()
    {
        foreach (var row in positions.Span) states.Hidden.Row(row).Clear();
    }

    private int PlaceOf(int position)
    {
        var place = positions.Span.BinarySearch(position);
        return place < 0 ? ~place : place;
    }

    private static void Move(MatrixView source, int sourceRow, MatrixView destination, int destinationRow, int start, int count)
        => source.Row(sourceRow).Slice(start, count).CopyTo(destination.Row(destinationRow).Slice(start, count));
}
