namespace RnnLm.Training.Tests.Reference;

/// <summary>One step of a cell for one stream, forward and backward, in the plainest form.</summary>
internal abstract class ReferenceCell
{
    public static ReferenceCell Of(CellKind kind) => kind switch
    {
        CellKind.Elman => new ReferenceElmanCell(Math.Tanh, h => 1 - h * h),
        CellKind.Relu => new ReferenceElmanCell(a => Math.Max(0, a), h => h > 0 ? 1 : 0),
        CellKind.Lstm => new ReferenceLstmCell(),
        CellKind.Gru => new ReferenceGruCell(),
        CellKind.Cifg => new ReferenceCifgCell(),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public abstract ReferenceStep Forward(ReferenceLayer layer, double[] x, double[] previousHidden, double[] previousCell);

    /// <summary>
    /// Takes the gradients of a step's hidden state and cell back to its input and to the states before it, and adds to
    /// <paramref name="gradients"/>.
    /// </summary>
    public abstract (double[] Input, double[] PreviousHidden, double[] PreviousCell) Backward(
        ReferenceLayer layer, ReferenceStep step, double[] hidden, double[] cell, ReferenceLayer gradients);

    protected static double Sigmoid(double a) => 1 / (1 + Math.Exp(-a));
}
