using System.Runtime.CompilerServices;
using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary>Adds to the gradient that of <c>α</c> times the mean square of what the layer below puts out (AR, Merity 2017). The loss does not show it.</summary>
internal sealed class ActivationPenalty : Regularizer
{
    private readonly double factor;
    private readonly Workers workers;
    private readonly Action<int> addPart;

    /// <param name="below">The layer below.</param>
    /// <param name="factor">The factor <c>α</c>.</param>
    /// <param name="workers">The threads that share the work.</param>
    public ActivationPenalty(WindowLayer below, double factor, Workers workers)
        : base(below)
    {
        this.factor = factor;
        this.workers = workers;
        addPart = AddPart;
    }

    public override bool NeedsOutput => true;

    public override void Forward()
    {
    }

    public override void Backward() => workers.Run(workers.Count, addPart);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddPart(int part)
    {
        var (output, gradient) = (Output, OutputGradient);
        var slope = (float)(2 * factor / ((double)gradient.Rows * Size));
        var (start, count) = Partition.Share(gradient.Rows, part, workers.Count);
        for (var row = start; row < start + count; row++) VectorFunctions.MultiplyAdd(slope, output.Row(row), gradient.Row(row));
    }
}
