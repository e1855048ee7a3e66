using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary>
/// The projection of what a layer's cells make to its hidden state, <c>W_hr h</c> (Sak, Senior and Beaufays 2014), over some streams of one step.
/// </summary>
/// <param name="matrix">The matrix: <c>[output, units]</c>.</param>
/// <param name="workers">The threads that share the laying out of it.</param>
internal sealed class UnrolledProjection(MatrixView matrix, Workers workers)
{
    private readonly PackedMatrix forward = new(matrix.Columns, matrix.Rows);
    private readonly PackedMatrix backward = new(matrix.Rows, matrix.Columns);

    /// <summary>Lays out the matrix for the products; to be called whenever it has changed.</summary>
    public void Pack()
    {
        forward.Pack(matrix.Transposed, workers);
        backward.Pack(matrix, workers);
    }

    /// <summary>Makes the hidden states after some positions.</summary>
    /// <param name="states">The layer's values.</param>
    /// <param name="first">The first position; the positions are of one step.</param>
    /// <param name="count">The number of positions.</param>
    public void Forward(UnrolledStates states, int first, int count)
    {
        var (activated, hidden) = (states.Activated.RowRange(first, count), states.Hidden.RowRange(states.BatchSize + first, count));
        if (count == 1) MatrixProduct.MultiplyVector(matrix, activated.Row(0), hidden.Row(0), accumulate: false, Workers.Single);
        else MatrixProduct.Multiply(activated, forward, hidden, accumulate: false, Workers.Single);
    }

    /// <summary>Makes a share of the hidden states' values after some positions; whatever the cells make must be there.</summary>
    /// <inheritdoc cref="Forward(UnrolledStates, int, int)"/>
    public void Forward(UnrolledStates states, int first, int count, UnitShare share)
    {
        var rows = matrix.RowRange(share.Output, share.Outputs);
        for (var row = first; row < first + count; row++)
        {
            var hidden = states.Hidden.Row(states.BatchSize + row).Slice(share.Output, share.Outputs);
            MatrixProduct.MultiplyVector(rows, states.Activated.Row(row), hidden, accumulate: false, Workers.Single);
        }
    }

    /// <summary>Makes the gradients of what the cells make from those of the hidden states after some positions.</summary>
    /// <inheritdoc cref="Forward(UnrolledStates, int, int)"/>
    public void Backward(UnrolledStates states, int first, int count)
        => MatrixProduct.Multiply(
            states.HiddenGradient.RowRange(states.BatchSize + first, count), backward, states.ActivatedGradient.RowRange(first, count), accumulate: false, Workers.Single);

    /// <summary>Makes a share of them; the gradients of the hidden states must all be there.</summary>
    /// <inheritdoc cref="Forward(UnrolledStates, int, int)"/>
    public void Backward(UnrolledStates states, int first, int count, UnitShare share)
    {
        if (share.Units == 0) return;
        MatrixProduct.MultiplyColumns(
            states.HiddenGradient.RowRange(states.BatchSize + first, count), backward, share.Unit,
            states.ActivatedGradient.RowRange(first, count).ColumnRange(share.Unit, share.Units), accumulate: false, Workers.Single);
    }
}
