using RnnLm.Networks;
using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary>
/// A recurrent layer over a window, forward and back through time. The input's share of all gates is one product, and so is each
/// gradient of a matrix; in between, every thread takes streams of its own through all steps and need not wait for the others. With far fewer
/// streams than threads, each takes hidden units of its own instead, and they meet after every step.
/// </summary>
internal sealed class UnrolledLayer : WindowLayer
{
    // A step of fewer multiply-adds than this is done before the threads have met.
    private const int WorthMeeting = 1 << 16;

    private readonly Cell cell;
    private readonly UnrolledCell mathematics;
    private readonly LayerWeights weights;
    private readonly MatrixView input; // [gates * units, input]
    private readonly MatrixView recurrent; // [gates * units, output], as the window is computed with
    private readonly WeightDropout? weightDropout;
    private readonly LayerGradients gradients;
    private readonly WindowLayer below;
    private readonly CurrentWindow window;
    private readonly Workers workers;
    private readonly PackedMatrix inputForward;
    private readonly PackedMatrix inputBackward;
    private readonly PackedMatrix recurrentForward;
    private readonly PackedMatrix recurrentBackward;
    private readonly UnrolledProjection? projection;
    private readonly Action<int> stepForward;
    private readonly Action<int> stepBackward;
    private readonly Action<int> stepForwardByUnits;
    private readonly Action<int> stepBackwardByUnits;

    /// <param name="cell">The cell.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="below">The layer below.</param>
    /// <param name="window">The window.</param>
    /// <param name="workers">The threads that share the work.</param>
    /// <param name="weightDropout">Drops recurrent weights; null drops none.</param>
    public UnrolledLayer(Cell cell, LayerWeights weights, WindowLayer below, CurrentWindow window, Workers workers, WeightDropout? weightDropout = null)
        : base(weights.Recurrent.Columns)
    {
        this.cell = cell;
        this.weights = weights;
        this.below = below;
        this.window = window;
        this.workers = workers;
        this.weightDropout = weightDropout;
        mathematics = UnrolledCell.Create(cell, weights);
        gradients = new LayerGradients(cell, weights, workers);
        input = weights.Input.Matrix;
        recurrent = weightDropout?.Dropped ?? weights.Recurrent.Matrix;
        inputForward = new PackedMatrix(input.Columns, input.Rows);
        inputBackward = new PackedMatrix(input.Rows, input.Columns);
        recurrentForward = new PackedMatrix(recurrent.Columns, recurrent.Rows);
        recurrentBackward = new PackedMatrix(recurrent.Rows, recurrent.Columns);
        if (weights.Projection is not null) projection = new UnrolledProjection(weights.Projection.Matrix, workers);
        stepForward = StepForward;
        stepBackward = StepBackward;
        stepForwardByUnits = StepForwardByUnits;
        stepBackwardByUnits = StepBackwardByUnits;
        States = new UnrolledStates(cell, weights, 0, 0);
    }

    /// <summary>What the layer computes over the steps of a window.</summary>
    public UnrolledStates States { get; private set; }

    public override MatrixView Output => States.HiddenAfter;

    public override MatrixView OutputGradient => States.HiddenAfterGradient;

    // The gradient of the recurrent matrix is made of the states.
    public override bool NeedsOutput => true;

    public override IEnumerable<Gradient> Gradients => gradients.All;

    public override void Reserve(int batchSize, int capacity, bool keepsState)
    {
        var before = States;
        States = new UnrolledStates(cell, weights, batchSize, capacity);
        if (keepsState) States.CarryStateFrom(before);
    }

    public override void Pack()
    {
        inputForward.Pack(input.Transposed, workers);
        inputBackward.Pack(input, workers);
        if (weightDropout is null) PackRecurrent();
        projection?.Pack();
    }

    public override void Forward()
    {
        States.Begin(window.Length, window.Resets);
        if (weightDropout is not null)
        {
            weightDropout.Forward();
            PackRecurrent();
        }
        MatrixProduct.Multiply(below.Output, inputForward, States.Gates.RowRange(0, States.Positions), accumulate: false, workers);
        if (SharesUnits) workers.Run(workers.Count, stepForwardByUnits);
        else workers.Run(Math.Min(workers.Count, States.BatchSize), stepForward);
    }

    public override void Backward()
    {
        if (SharesUnits) workers.Run(workers.Count, stepBackwardByUnits);
        else workers.Run(Math.Min(workers.Count, States.BatchSize), stepBackward);
        States.Resets.Keep();
        gradients.Set(States, below.Output);
        weightDropout?.Backward(gradients.Recurrent);
        MatrixProduct.Multiply(States.Gates.RowRange(0, States.Positions), inputBackward, below.OutputGradient, accumulate: false, workers);
    }

    public override void CarryState() => States.CarryState();

    public override void Save(TrainingState state) => States.Save(state);

    public override void Restore(TrainingState state, int batchSize)
    {
        UnrolledStates.RequireSaved(state, batchSize, Size);
        // The first window makes room for its steps.
        States = new UnrolledStates(cell, weights, batchSize, 0);
        States.Restore(state);
    }

    private void PackRecurrent()
    {
        recurrentForward.Pack(recurrent.Transposed, workers);
        recurrentBackward.Pack(recurrent, workers);
    }

    private void StepForward(int part)
    {
        var states = States;
        var (stream, count) = StreamsOf(states, part);
        var whole = Whole(states);
        for (var step = 0; step < states.Length; step++)
        {
            var first = step * states.BatchSize + stream;
            var resets = states.Resets.Among(first, count);
            states.Resets.Enter(resets, whole);
            Step(states, first, count);
            states.Resets.Leave(resets, whole);
        }
    }

    private void Step(UnrolledStates states, int first, int count)
    {
        var (hidden, gates) = (states.Hidden.RowRange(first, count), states.RecurrentGates.RowRange(first, count));
        if (count == 1)
            MatrixProduct.MultiplyVector(recurrent, hidden.Row(0), gates.Row(0), states.SharesGates, Workers.Single);
        else
            MatrixProduct.Multiply(hidden, recurrentForward, gates, states.SharesGates, Workers.Single);
        mathematics.Forward(states, first, count, 0, states.Units);
        projection?.Forward(states, first, count);
    }

    private void StepBackward(int part)
    {
        var states = States;
        var (stream, count) = StreamsOf(states, part);
        var whole = Whole(states);
        ClearRows(states.MemoryGradient, stream, count, 0, states.Units);
        ClearRows(states.HiddenGradient, stream, count, 0, states.OutputSize);
        for (var step = states.Length - 1; step >= 0; step--)
        {
            var first = step * states.BatchSize + stream;
            var resets = states.Resets.Among(first, count);
            projection?.Backward(states, first, count);
            states.Resets.EnterBackward(resets, whole);
            mathematics.Backward(states, first, count, 0, states.Units);
            if (step == 0) break; // the state before the window is cut off from the gradient
            MatrixProduct.Multiply(
                states.RecurrentGates.RowRange(first, count), recurrentBackward, states.HiddenGradient.RowRange(first, count),
                accumulate: true, Workers.Single);
            states.Resets.LeaveBackward(resets, whole);
        }
    }

    private void StepForwardByUnits(int part)
    {
        var states = States;
        var share = ShareOf(states, part);
        for (var step = 0; step < states.Length; step++)
        {
            var first = step * states.BatchSize;
            var resets = states.Resets.Among(first, states.BatchSize);
            states.Resets.Enter(resets, share);
            if (resets.End > resets.Start) workers.Synchronize();
            for (var row = first; row < first + states.BatchSize; row++)
            {
                for (var gate = 0; gate < recurrent.Rows; gate += states.Units)
                {
                    MatrixProduct.MultiplyVector(
                        recurrent.RowRange(gate + share.Unit, share.Units), states.Hidden.Row(row),
                        states.RecurrentGates.Row(row).Slice(gate + share.Unit, share.Units), states.SharesGates, Workers.Single);
                }
            }
            mathematics.Forward(states, first, states.BatchSize, share.Unit, share.Units);
            workers.Synchronize();
            if (projection is not null)
            {
                projection.Forward(states, first, states.BatchSize, share);
                workers.Synchronize();
            }
            states.Resets.Leave(resets, share);
        }
    }

    private void StepBackwardByUnits(int part)
    {
        var states = States;
        var share = ShareOf(states, part);
        ClearRows(states.MemoryGradient, 0, states.BatchSize, share.Unit, share.Units);
        ClearRows(states.HiddenGradient, 0, states.BatchSize, share.Output, share.Outputs);
        for (var step = states.Length - 1; step >= 0; step--)
        {
            var first = step * states.BatchSize;
            var resets = states.Resets.Among(first, states.BatchSize);
            projection?.Backward(states, first, states.BatchSize, share);
            states.Resets.EnterBackward(resets, share);
            mathematics.Backward(states, first, states.BatchSize, share.Unit, share.Units);
            if (step == 0) break; // the state before the window is cut off from the gradient
            workers.Synchronize();
            if (share.Outputs > 0)
            {
                MatrixProduct.MultiplyColumns(
                    states.RecurrentGates.RowRange(first, states.BatchSize), recurrentBackward, share.Output,
                    states.HiddenGradient.RowRange(first, states.BatchSize).ColumnRange(share.Output, share.Outputs), accumulate: true, Workers.Single);
            }
            states.Resets.LeaveBackward(resets, share);
            if (projection is not null) workers.Synchronize();
        }
    }

    private bool SharesUnits
        => 2 * States.BatchSize <= workers.Count && (long)States.BatchSize * recurrent.Rows * recurrent.Columns >= WorthMeeting;

    private UnitShare ShareOf(UnrolledStates states, int part)
    {
        var (unit, units) = Partition.Share(states.Units, part, workers.Count, PackedMatrix.PanelWidth);
        var (output, outputs) = Partition.Share(states.OutputSize, part, workers.Count, PackedMatrix.PanelWidth);
        return new UnitShare(unit, units, output, outputs);
    }

    private static UnitShare Whole(UnrolledStates states) => new(0, states.Units, 0, states.OutputSize);

    private (int Start, int Count) StreamsOf(UnrolledStates states, int part)
        => Partition.Share(states.BatchSize, part, Math.Min(workers.Count, states.BatchSize));

    private static void ClearRows(MatrixView matrix, int start, int count, int column, int columns)
    {
        if (matrix.Rows == 0) return;
        for (var row = start; row < start + count; row++) matrix.Row(row).Slice(column, columns).Clear();
    }
}
