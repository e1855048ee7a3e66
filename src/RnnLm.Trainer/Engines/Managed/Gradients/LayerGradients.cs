using RnnLm.Networks;
using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary>The gradients of one recurrent layer's weights, each summed over a whole window in one product.</summary>
internal sealed class LayerGradients
{
    private readonly DenseGradient input;
    private readonly DenseGradient recurrent;
    private readonly DenseGradient bias;
    private readonly DenseGradient? recurrentBias;

    /// <param name="weights">The layer's weights.</param>
    public LayerGradients(LayerWeights weights)
    {
        input = new DenseGradient(weights.Input);
        recurrent = new DenseGradient(weights.Recurrent);
        bias = new DenseGradient(weights.Bias);
        if (weights.RecurrentBias is not null) recurrentBias = new DenseGradient(weights.RecurrentBias);
    }

    /// <summary>The gradients, in the order of <see cref="LayerWeights.Parameters"/>.</summary>
    public IEnumerable<Gradient> All => recurrentBias is null ? [input, recurrent, bias] : [input, recurrent, bias, recurrentBias];

    /// <summary>Computes all of them from those of the gates.</summary>
    /// <param name="layer">Holds the gates' gradients and the hidden states.</param>
    /// <param name="layerInput">What the layer read: <c>[positions, input]</c>.</param>
    /// <param name="workers">The threads that share the work.</param>
    public void Set(UnrolledLayer layer, MatrixView layerInput, Workers workers)
    {
        var gates = layer.Gates.RowRange(0, layer.Positions);
        var recurrentGates = layer.RecurrentGates.RowRange(0, layer.Positions);
        MatrixProduct.Multiply(gates.Transposed, layerInput, input.Matrix, accumulate: false, workers);
        MatrixProduct.Multiply(recurrentGates.Transposed, layer.HiddenBefore, recurrent.Matrix, accumulate: false, workers);
        SumRows(gates, bias.Values);
        if (recurrentBias is not null) SumRows(recurrentGates.ColumnRange(2 * layer.HiddenSize, layer.HiddenSize), recurrentBias.Values);
    }

    private static void SumRows(MatrixView matrix, Span<float> sums)
    {
        sums.Clear();
        for (var row = 0; row < matrix.Rows; row++) VectorFunctions.Add(matrix.Row(row), sums, sums);
    }
}
