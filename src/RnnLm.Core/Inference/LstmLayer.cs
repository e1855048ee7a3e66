using RnnLm.Networks;
using RnnLm.Numerics;

namespace RnnLm.Inference;

/// <summary>
/// <c>c = σ(f)∘c' + σ(i)∘tanh(g)</c> and <c>h = σ(o)∘tanh(c)</c>, where <c>i f g o = W_x x + W_h h' + b</c>
/// (Hochreiter and Schmidhuber 1997; Gers 2000).
/// </summary>
internal sealed class LstmLayer(LayerTensors<WeightMatrix, float[]> weights) : RecurrentLayer(weights)
{
    private protected override void Activate(Span<float> gates, Span<float> hidden, Span<float> cell, Span<float> scratch)
    {
        var size = hidden.Length;
        var inputAndForget = gates[..(2 * size)];
        VectorFunctions.Sigmoid(inputAndForget, inputAndForget);
        var inputGate = inputAndForget[..size];
        var forgetGate = inputAndForget[size..];
        var candidate = gates.Slice(2 * size, size);
        VectorFunctions.Tanh(candidate, candidate);
        var outputGate = gates[(3 * size)..];
        VectorFunctions.Sigmoid(outputGate, outputGate);

        VectorFunctions.Multiply(forgetGate, cell, cell);
        VectorFunctions.Multiply(inputGate, candidate, candidate);
        VectorFunctions.Add(cell, candidate, cell);
        VectorFunctions.Tanh(cell, candidate);
        VectorFunctions.Multiply(outputGate, candidate, hidden);
    }
}
