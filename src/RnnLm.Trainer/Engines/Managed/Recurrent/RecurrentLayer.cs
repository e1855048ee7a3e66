using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary>
/// A recurrent layer over a window, forward and back through time. The input's share of all gates is one product, and so is each
/// gradient of a matrix; in between, every thread takes streams of its own through all steps and need not wait for the others. With far fewer
/// streams than threads, each takes hidden units of its own instead, and they meet after every step.
/// </summary>
internal sealed class RecurrentLayer
{
    // A step of fewer multiply-adds than this is done before the threads have met.
    private const int WorthMeeting = 1 << 16;

    private readonly LayerWeights weights;
    private readonly LayerGradients gradients;
    private readonly RecurrentCell cell;
    private readonly Workers workers;
    private readonly PackedMatrix inputForward;
    private readonly PackedMatrix inputBackward;
    private readonly PackedMatrix recurrentForward;
    private readonly PackedMatrix recurrentBackward;
    private readonly Action<int> stepForward;
    private readonly Action<int> stepBackward;
    private readonly Action<int> stepForwardByUnits;
    private readonly Action<int> stepBackwardByUnits;
    private UnrolledLayer? current;

    /// <param name="kind">The cell.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="gradients">Receives their gradients.</param>
    /// <param name="workers">The threads that share the work.</param>
    public RecurrentLayer(CellKind kind, LayerWeights weights, LayerGradients gradients, Workers workers)
    {
        this.weights = weights;
        this.gradients = gradients;
        this.workers = workers;
        cell = RecurrentCell.Create(kind, weights);
        inputForward = new PackedMatrix(weights.Input.Columns, weights.Input.Rows);
        inputBackward = new PackedMatrix(weights.Input.Rows, weights.Input.Columns);
        recurrentForward = new PackedMatrix(weights.Recurrent.Columns, weights.Recurrent.Rows);
        recurrentBackward = new PackedMatrix(weights.Recurrent.Rows, weights.Recurrent.Columns);
        stepForward = StepForward;
        stepBackward = StepBackward;
        stepForwardByUnits = StepForwardByUnits;
        stepBackwardByUnits = StepBackwardByUnits;
    }

    /// <summary>Lays out the weights for the products, as they are now.</summary>
    public void Pack()
    {
        var (input, recurrent) = (weights.Input.Matrix, weights.Recurrent.Matrix);
        inputForward.Pack(input.Transposed, workers);
        inputBackward.Pack(input, workers);
        recurrentForward.Pack(recurrent.Transposed, workers);
        recurrentBackward.Pack(recurrent, workers);
    }

    /// <summary>Computes the hidden states of a window.</summary>
    /// <param name="layer">Holds the state before, and receives the others.</param>
    /// <param name="input">What the layer reads: <c>[positions, input]</c>.</param>
    public void Forward(UnrolledLayer layer, MatrixView input)
    {
        MatrixProduct.Multiply(input, inputForward, layer.Gates.RowRange(0, layer.Positions), accumulate: false, workers);
        current = layer;
        if (SharesUnits(layer)) workers.Run(workers.Count, stepForwardByUnits);
        else workers.Run(Math.Min(workers.Count, layer.BatchSize), stepForward);
    }

    /// <summary>Takes the gradient of the hidden states back to the weights and to the input.</summary>
    /// <param name="layer">Holds what the forward pass computed, and the gradient of the states after each step.</param>
    /// <param name="input">What the layer read.</param>
    /// <param name="inputGradient">Receives the input's gradient: <c>[positions, input]</c>.</param>
    public void Backward(UnrolledLayer layer, MatrixView input, MatrixView inputGradient)
    {
        current = layer;
        if (SharesUnits(layer)) workers.Run(workers.Count, stepBackwardByUnits);
        else workers.Run(Math.Min(workers.Count, layer.BatchSize), stepBackward);
        gradients.Set(layer, input);
        MatrixProduct.Multiply(layer.Gates.RowRange(0, layer.Positions), inputBackward, inputGradient, accumulate: false, workers);
    }

    private void StepForward(int part)
    {
        var layer = current!;
        var (stream, count) = StreamsOf(layer, part);
        for (var step = 0; step < layer.Length; step++) Step(layer, step, stream, count);
    }

    private void Step(UnrolledLayer layer, int step, int stream, int count)
    {
        var first = step * layer.BatchSize + stream;
        var (hidden, gates) = (layer.Hidden.RowRange(first, count), layer.RecurrentGates.RowRange(first, count));
        if (count == 1)
            MatrixProduct.MultiplyVector(weights.Recurrent.Matrix, hidden.Row(0), gates.Row(0), layer.SharesGates, Workers.Single);
        else
            MatrixProduct.Multiply(hidden, recurrentForward, gates, layer.SharesGates, Workers.Single);
        cell.Forward(layer, first, count, 0, layer.HiddenSize);
    }

    private void StepBackward(int part)
    {
        var layer = current!;
        var (stream, count) = StreamsOf(layer, part);
        ClearRows(layer.CellGradient, stream, count, 0, layer.HiddenSize);
        ClearRows(layer.HiddenGradient, stream, count, 0, layer.HiddenSize);
        for (var step = layer.Length - 1; step >= 0; step--)
        {
            var first = step * layer.BatchSize + stream;
            cell.Backward(layer, first, count, 0, layer.HiddenSize);
            if (step == 0) break; // the state before the window is cut off from the gradient
            MatrixProduct.Multiply(
                layer.RecurrentGates.RowRange(first, count), recurrentBackward, layer.HiddenGradient.RowRange(first, count),
                accumulate: true, Workers.Single);
        }
    }

    private void StepForwardByUnits(int part)
    {
        var layer = current!;
        var recurrent = weights.Recurrent.Matrix;
        var (unit, units) = UnitsOf(layer, part);
        for (var step = 0; step < layer.Length; step++)
        {
            var first = step * layer.BatchSize;
            for (var row = first; row < first + layer.BatchSize; row++)
            {
                for (var gate = 0; gate < recurrent.Rows; gate += layer.HiddenSize)
                {
                    MatrixProduct.MultiplyVector(
                        recurrent.RowRange(gate + unit, units), layer.Hidden.Row(row), layer.RecurrentGates.Row(row).Slice(gate + unit, units),
                        layer.SharesGates, Workers.Single);
                }
            }
            cell.Forward(layer, first, layer.BatchSize, unit, units);
            workers.Synchronize();
        }
    }

    private void StepBackwardByUnits(int part)
    {
        var layer = current!;
        var (unit, units) = UnitsOf(layer, part);
        ClearRows(layer.CellGradient, 0, layer.BatchSize, unit, units);
        ClearRows(layer.HiddenGradient, 0, layer.BatchSize, unit, units);
        for (var step = layer.Length - 1; step >= 0; step--)
        {
            var first = step * layer.BatchSize;
            cell.Backward(layer, first, layer.BatchSize, unit, units);
            if (step == 0) break; // the state before the window is cut off from the gradient
            workers.Synchronize();
            if (units == 0) continue;
            MatrixProduct.MultiplyColumns(
                layer.RecurrentGates.RowRange(first, layer.BatchSize), recurrentBackward, unit,
                layer.HiddenGradient.RowRange(first, layer.BatchSize).ColumnRange(unit, units), accumulate: true, Workers.Single);
        }
    }

    private bool SharesUnits(UnrolledLayer layer)
        => 2 * layer.BatchSize <= workers.Count && (long)layer.BatchSize * weights.Recurrent.Rows * weights.Recurrent.Columns >= WorthMeeting;

    private (int Start, int Count) UnitsOf(UnrolledLayer layer, int part)
        => Partition.Share(layer.HiddenSize, part, workers.Count, PackedMatrix.PanelWidth);

    private (int Start, int Count) StreamsOf(UnrolledLayer layer, int part)
        => Partition.Share(layer.BatchSize, part, Math.Min(workers.Count, layer.BatchSize));

    private static void ClearRows(MatrixView matrix, int start, int count, int column, int columns)
    {
        if (matrix.Rows == 0) return;
        for (var row = start; row < start + count; row++) matrix.Row(row).Slice(column, columns).Clear();
    }
}
