namespace RnnLm.Networks;

/// <summary><c>h = max(0, W_x x + W_h h' + b)</c> (Le, Jaitly and Hinton 2015).</summary>
internal sealed class ReluCell : Cell
{
    public override CellKind Kind => CellKind.Relu;

    public override string PyTorchName => "RNN_RELU";

    public override bool BeginsAsIdentity => true;

    public override void Activate(Span<float> gates, Span<float> fromState, Span<float> hidden, Span<float> memory)
    {
        for (var i = 0; i < hidden.Length; i++) hidden[i] = MathF.Max(0, gates[i]);
    }
}
