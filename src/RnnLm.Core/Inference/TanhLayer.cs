using RnnLm.Networks;
using RnnLm.Numerics;

namespace RnnLm.Inference;

/// <summary><c>h = tanh(W_x x + W_h h' + b)</c> (Elman 1990).</summary>
internal sealed class TanhLayer(LayerTensors<WeightMatrix, float[]> weights) : RecurrentLayer(weights)
{
    private protected override void Activate(Span<float> gates, Span<float> hidden, Span<float> cell, Span<float> scratch)
        => VectorFunctions.Tanh(gates, hidden);
}
