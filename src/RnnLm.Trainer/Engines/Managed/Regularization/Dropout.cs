using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary>Dropout between two layers (Zaremba 2014), with another mask for every position.</summary>
internal class Dropout : Regularizer
{
    private readonly DropoutMask mask;
    private readonly int place;
    private readonly Workers workers;
    private readonly Action<int> applyPart;
    private MatrixView output; // [positions, size]; empty where the layer below does without its own
    private (MatrixView Source, MatrixView Destination) current;

    /// <param name="below">The layer below.</param>
    /// <param name="mask">The mask.</param>
    /// <param name="place">The place in the network: 0 the embedding, <c>l</c> the output of layer <c>l - 1</c>.</param>
    /// <param name="window">The window.</param>
    /// <param name="workers">The threads that share the work.</param>
    public Dropout(WindowLayer below, DropoutMask mask, int place, CurrentWindow window, Workers workers)
        : base(below)
    {
        this.mask = mask;
        this.place = place;
        Window = window;
        this.workers = workers;
        applyPart = ApplyPart;
    }

    /// <summary>The window.</summary>
    protected CurrentWindow Window { get; }

    public override MatrixView Output => Below.NeedsOutput ? output.RowRange(0, Below.Output.Rows) : Below.Output;

    public override bool NeedsOutput => false;

    public override void Reserve(int batchSize, int capacity, bool keepsState)
    {
        if (Below.NeedsOutput) output = MatrixView.Zeros(checked(batchSize * capacity), Size);
    }

    public override void Forward() => Apply(Below.Output, Output);

    public override void Backward() => Apply(OutputGradient, OutputGradient);

    /// <summary>The row of the mask that a position has.</summary>
    protected virtual int MaskRowOf(int position) => position;

    private void Apply(MatrixView source, MatrixView destination)
    {
        current = (source, destination);
        workers.Run(workers.Count, applyPart);
    }

    private void ApplyPart(int part)
    {
        var (source, destination) = current;
        var (start, count) = Partition.Share(OutputGradient.Rows, part, workers.Count);
        for (var row = start; row < start + count; row++)
            mask.Apply(source.Row(row), destination.Row(row), Window.Step, place, MaskRowOf(PositionOf(row)) * Size);
    }
}
