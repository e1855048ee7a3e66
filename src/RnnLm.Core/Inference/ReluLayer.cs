namespace RnnLm.Inference;

/// <summary><c>h = max(0, W_x x + W_h h' + b)</c> (Le, Jaitly and Hinton 2015).</summary>
internal sealed class ReluLayer(LayerMatrices weights) : RecurrentLayer(weights)
{
    public override void Step(Span<float> gates, Span<float> hidden, Span<float> cell, Span<float> scratch)
    {
        Recurrent.MultiplyAdd(hidden, gates);
        for (var i = 0; i < hidden.Length; i++) hidden[i] = MathF.Max(0, gates[i]);
    }
}
