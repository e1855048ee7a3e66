using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary>The gradients of one recurrent layer's weights, each summed over a whole window in one product.</summary>
internal sealed class LayerGradients
{
    private readonly DenseGradient input;
    private readonly DenseGradient recurrent;
    private readonly DenseGradient bias;
    private readonly DenseGradient? recurrentBias;
    private readonly Workers workers;
    private readonly Action<int> sumPart;
    private UnrolledLayer? current;

    /// <param name="weights">The layer's weights.</param>
    /// <param name="workers">The threads that share the work.</param>
    public LayerGradients(LayerWeights weights, Workers workers)
    {
        this.workers = workers;
        sumPart = SumPart;
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
    public void Set(UnrolledLayer layer, MatrixView layerInput)
    {
        var gates = layer.Gates.RowRange(0, layer.Positions);
        var recurrentGates = layer.RecurrentGates.RowRange(0, layer.Positions);
        MatrixProduct.Multiply(gates.Transposed, layerInput, input.Matrix, accumulate: false, workers);
        MatrixProduct.Multiply(recurrentGates.Transposed, layer.HiddenBefore, recurrent.Matrix, accumulate: false, workers);
        current = layer;
        workers.Run(workers.Count, sumPart);
    }

    private void SumPart(int part)
    {
        var layer = current!;
        SumRows(layer.Gates.RowRange(0, layer.Positions), bias.Values, part);
        if (recurrentBias is null) return;
        var inner = layer.RecurrentGates.RowRange(0, layer.Positions).ColumnRange(2 * layer.HiddenSize, layer.HiddenSize);
        SumRows(inner, recurrentBias.Values, part);
    }

    // Every thread sums columns of its own.
    private void SumRows(MatrixView matrix, Span<float> sums, int part)
    {
        var (start, count) = Partition.Share(matrix.Columns, part, workers.Count, granularity: 16);
        sums = sums.Slice(start, count);
        sums.Clear();
        for (var row = 0; row < matrix.Rows; row++) VectorFunctions.Add(matrix.Row(row).Slice(start, count), sums, sums);
    }
}
