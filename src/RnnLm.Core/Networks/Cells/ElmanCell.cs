using RnnLm.Numerics;

namespace RnnLm.Networks;

/// <summary><c>h = tanh(W_x x + W_h h' + b)</c> (Elman 1990).</summary>
internal sealed class ElmanCell : Cell
{
    public override CellKind Kind => CellKind.Elman;

    public override string PyTorchName => "RNN_TANH";

    public override void Activate(Span<float> gates, Span<float> fromState, Span<float> hidden, Span<float> memory) => VectorFunctions.Tanh(gates, hidden);
}
