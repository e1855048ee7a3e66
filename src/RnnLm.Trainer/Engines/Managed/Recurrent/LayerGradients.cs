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
    private readonly DenseGradient? projection;
    private readonly Workers workers;
    private readonly Action<int> sumPart;
    private readonly int gateWithRecurrentBias;
    private UnrolledStates? current;

    /// <param name="cell">The cell.</param>
    /// <param name="weights">The layer's weights.</param>
    /// <param name="workers">The threads that share the work.</param>
    public LayerGradients(Cell cell, LayerWeights weights, Workers workers)
    {
        this.workers = workers;
        sumPart = SumPart;
        input = new DenseGradient(weights.Input);
        recurrent = new DenseGradient(weights.Recurrent);
        bias = new DenseGradient(weights.Bias);
        if (weights.Projection is not null) projection = new DenseGradient(weights.Projection);
        if (weights.RecurrentBias is null) return;
        recurrentBias = new DenseGradient(weights.RecurrentBias);
        gateWithRecurrentBias = cell.GateWithRecurrentBias!.Value;
    }

    /// <summary>The gradients, in the order of <see cref="LayerWeights.Parameters"/>.</summary>
    public IEnumerable<Gradient> All => new[] { input, recurrent, bias, recurrentBias, projection }.OfType<Gradient>();

    /// <summary>The gradient of the recurrent matrix.</summary>
    public MatrixView Recurrent => recurrent.Matrix;

    /// <summary>Computes all of them from those of the gates.</summary>
    /// <param name="states">Holds the gates' gradients and the hidden states.</param>
    /// <param name="layerInput">What the layer read: <c>[positions, input]</c>.</param>
    public void Set(UnrolledStates states, MatrixView layerInput)
    {
        var gates = states.Gates.RowRange(0, states.Positions);
        var recurrentGates = states.RecurrentGates.RowRange(0, states.Positions);
        MatrixProduct.Multiply(gates.Transposed, layerInput, input.Matrix, accumulate: false, workers);
        MatrixProduct.Multiply(recurrentGates.Transposed, states.HiddenBefore, recurrent.Matrix, accumulate: false, workers);
        if (projection is not null)
            MatrixProduct.Multiply(states.HiddenAfterGradient.Transposed, states.Activated.RowRange(0, states.Positions), projection.Matrix, accumulate: false, workers);
        current = states;
        workers.Run(workers.Count, sumPart);
    }

    private void SumPart(int part)
    {
        var states = current!;
        SumRows(states.Gates.RowRange(0, states.Positions), bias.Values, part);
        if (recurrentBias is null) return;
        var inner = states.RecurrentGates.RowRange(0, states.Positions).ColumnRange(gateWithRecurrentBias * states.Units, states.Units);
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
