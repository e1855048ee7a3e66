using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary>
/// A layer without parameters that changes, in training only, what passes from the layer below to the layer above, or the gradient on
/// its way back. By itself it hands both on as they are.
/// </summary>
/// <param name="below">The layer below.</param>
internal abstract class Regularizer(WindowLayer below) : WindowLayer(below.Size)
{
    /// <summary>The layer below.</summary>
    protected WindowLayer Below { get; } = below;

    public override MatrixView Output => Below.Output;

    public override MatrixView OutputGradient => Below.OutputGradient;

    public override bool NeedsOutput => Below.NeedsOutput;

    public override int PositionOf(int row) => Below.PositionOf(row);
}
