namespace RnnLm.Training;

/// <summary>The mathematics of a cell between the matrix products, over some streams and hidden units of one step.</summary>
internal abstract class RecurrentCell
{
    /// <summary>Makes the cell of one layer.</summary>
    public static RecurrentCell Create(CellKind kind, LayerWeights weights) => kind switch
    {
        CellKind.Elman => new ElmanCell(weights),
        CellKind.Relu => new ReluCell(weights),
        CellKind.Lstm => new LstmCell(weights),
        CellKind.Gru => new GruCell(weights),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such cell."),
    };

    /// <summary>
    /// From the shares of input and recurrent matrix, computes the gates with their biases and activations, and the new state.
    /// </summary>
    /// <param name="layer">The layer's values.</param>
    /// <param name="first">The first row; the rows are of one step.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="unit">The first hidden unit.</param>
    /// <param name="units">The number of hidden units; all else stays as it is.</param>
    public abstract void Forward(UnrolledLayer layer, int first, int count, int unit, int units);

    /// <summary>
    /// From the gradient of the new state, computes those of the pre-activations, and adds to the gradient of the state before what
    /// does not pass through the recurrent matrix.
    /// </summary>
    /// <inheritdoc cref="Forward"/>
    public abstract void Backward(UnrolledLayer layer, int first, int count, int unit, int units);
}
