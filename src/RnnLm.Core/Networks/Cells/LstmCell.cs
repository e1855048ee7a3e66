using RnnLm.Numerics;

namespace RnnLm.Networks;

/// <summary>
/// <c>c = σ(f)∘c' + σ(i)∘tanh(g)</c> and <c>h = σ(o)∘tanh(c)</c>, where <c>i f g o = W_x x + W_h h' + b</c>
/// (Hochreiter and Schmidhuber 1997; Gers 2000).
/// </summary>
internal sealed class LstmCell : Cell
{
    public override CellKind Kind => CellKind.Lstm;

    public override string PyTorchName => "LSTM";

    public override int Gates => 4;

    public override bool HasMemory => true;

    public override int? ForgetGate => 1;

    public override void Activate(Span<float> gates, Span<float> fromState, Span<float> hidden, Span<float> memory)
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

        VectorFunctions.Multiply(forgetGate, memory, memory);
        VectorFunctions.Multiply(inputGate, candidate, candidate);
        VectorFunctions.Add(memory, candidate, memory);
        VectorFunctions.Tanh(memory, candidate);
        VectorFunctions.Multiply(outputGate, candidate, hidden);
    }
}
