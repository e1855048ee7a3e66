using RnnLm.Networks;

namespace RnnLm.Inference;

/// <summary><c>h = max(0, W_x x + W_h h' + b)</c> (Le, Jaitly and Hinton 2015).</summary>
internal sealed class ReluLayer(LayerTensors<WeightMatrix, float[]> weights) : RecurrentLayer(weights)
{
    private protected override void Activate(Span<float> gates, Span<float> hidden, Span<float> cell, Span<float> scratch)
    {
        for (var i = 0; i < hidden.Length; i++) hidden[i] = MathF.Max(0, gates[i]);
    }
}
