using RnnLm.Networks;

namespace RnnLm.Training;

/// <summary>The mathematics of a cell in training, between the matrix products, over some streams and hidden units of one step.</summary>
internal abstract class UnrolledCell
{
    private static readonly Dictionary<CellKind, Func<LayerWeights, UnrolledCell>> Makers = new()
    {
        [CellKind.Elman] = weights => new UnrolledElman(weights),
        [CellKind.Relu] = weights => new UnrolledRelu(weights),
        [CellKind.Lstm] = weights => new UnrolledLstm(weights),
        [CellKind.Gru] = weights => new UnrolledGru(weights),
        [CellKind.Cifg] = weights => new UnrolledCifg(weights),
    };

    /// <summary>Makes the mathematics of one layer.</summary>
    /// <param name="cell">The layer's cell.</param>
    /// <param name="weights">The layer's weights.</param>
    public static UnrolledCell Create(Cell cell, LayerWeights weights) => Makers[cell.Kind](weights);

    /// <summary>
    /// From the shares of input and recurrent matrix, computes the gates with their biases and activations, and the new state.
    /// </summary>
    /// <param name="states">The layer's values.</param>
    /// <param name="first">The first row; the rows are of one step.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="unit">The first hidden unit.</param>
    /// <param name="units">The number of hidden units; all else stays as it is.</param>
    public abstract void Forward(UnrolledStates states, int first, int count, int unit, int units);

    /// <summary>
    /// From the gradient of the new state, computes those of the pre-activations, and adds to the gradient of the state before what
    /// does not pass through the recurrent matrix.
    /// </summary>
    /// <inheritdoc cref="Forward"/>
    public abstract void Backward(UnrolledStates states, int first, int count, int unit, int units);
}
