using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary>Gathers the positions that have targets, one after another: nothing above them is computed for padding.</summary>
internal sealed class TargetLayer : WindowLayer
{
    private readonly WindowLayer below;
    private readonly CurrentWindow window;
    private readonly Workers workers;
    private readonly Action<int> gatherPart;
    private readonly Action<int> scatterPart;
    private MatrixView output; // [targets rounded up, size]
    private MatrixView outputGradient; // [targets, size]

    /// <param name="below">The layer below.</param>
    /// <param name="window">The window.</param>
    /// <param name="workers">The threads that share the work.</param>
    public TargetLayer(WindowLayer below, CurrentWindow window, Workers workers)
        : base(below.Size)
    {
        this.below = below;
        this.window = window;
        this.workers = workers;
        gatherPart = GatherPart;
        scatterPart = ScatterPart;
    }

    public override MatrixView Output => output.RowRange(0, OutputLoss.RowsFor(window.TargetCount));

    public override MatrixView OutputGradient => outputGradient.RowRange(0, window.TargetCount);

    public override int PositionOf(int row) => window.TargetPositions[row];

    public override void Reserve(int batchSize, int capacity, bool keepsState)
    {
        var positions = checked(batchSize * capacity);
        output = MatrixView.Zeros(OutputLoss.RowsFor(positions), Size);
        outputGradient = MatrixView.Zeros(positions, Size);
    }

    public override void Forward()
    {
        workers.Run(workers.Count, gatherPart);
        for (var row = window.TargetCount; row < Output.Rows; row++) output.Row(row).Clear();
    }

    public override void Backward() => workers.Run(workers.Count, scatterPart);

    private void GatherPart(int part)
    {
        var (start, count) = Partition.Share(window.TargetCount, part, workers.Count);
        var source = below.Output;
        for (var row = start; row < start + count; row++) source.Row(PositionOf(row)).CopyTo(output.Row(row));
    }

    private void ScatterPart(int part)
    {
        var destination = below.OutputGradient;
        var positions = window.TargetPositions;
        var (start, count) = Partition.Share(destination.Rows, part, workers.Count);
        var row = positions.BinarySearch(start);
        if (row < 0) row = ~row;
        for (var position = start; position < start + count; position++)
        {
            if (row == positions.Length || positions[row] != position) destination.Row(position).Clear();
            else outputGradient.Row(row++).CopyTo(destination.Row(position));
        }
    }
}
