using RnnLm.Numerics;

namespace RnnLm.Inference;

/// <summary><c>h = tanh(W_x x + W_h h' + b)</c> (Elman 1990).</summary>
internal sealed class TanhLayer(LayerMatrices weights) : RecurrentLayer(weights)
{
    public override void Step(Span<float> gates, Span<float> hidden, Span<float> cell, Span<float> scratch)
    {
        Recurrent.MultiplyAdd(hidden, gates);
        VectorFunctions.Tanh(gates, hidden);
    }
}
