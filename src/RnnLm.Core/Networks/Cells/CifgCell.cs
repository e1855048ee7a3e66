using RnnLm.Numerics;

namespace RnnLm.Networks;

/// <summary>
/// <c>c = σ(f)∘c' + (1−σ(f))∘tanh(g)</c> and <c>h = σ(o)∘tanh(c)</c>, where <c>f g o = W_x x + W_h h' + b</c>: an LSTM whose input gate is what
/// the forget gate leaves (Greff et al. 2017, "LSTM: A search space odyssey").
/// </summary>
internal sealed class CifgCell : Cell
{
    public override CellKind Kind => CellKind.Cifg;

    public override string? PyTorchName => null;

    public override int Gates => 3;

    public override bool HasMemory => true;

    public override int? ForgetGate => 0;

    public override void Activate(Span<float> gates, Span<float> fromState, Span<float> hidden, Span<float> memory)
    {
        var size = hidden.Length;
        var forgetGate = gates[..size];
        VectorFunctions.Sigmoid(forgetGate, forgetGate);
        var candidate = gates.Slice(size, size);
        VectorFunctions.Tanh(candidate, candidate);
        var outputGate = gates[(2 * size)..];
        VectorFunctions.Sigmoid(outputGate, outputGate);

        // c = g + f∘(c' − g)
        for (var i = 0; i < size; i += SpanVectors.Count)
        {
            var g = SpanVectors.Load(candidate, i);
            SpanVectors.Store(g + SpanVectors.Load(forgetGate, i) * (SpanVectors.Load(memory, i) - g), memory, i);
        }
        VectorFunctions.Tanh(memory, candidate);
        VectorFunctions.Multiply(outputGate, candidate, hidden);
    }
}
