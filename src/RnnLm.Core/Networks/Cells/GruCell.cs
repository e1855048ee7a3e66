using RnnLm.Numerics;

namespace RnnLm.Networks;

/// <summary>
/// <c>r, z = σ(W x + U h' + b)</c>, <c>n = tanh(W_n x + b_n + r∘(U_n h' + b_hn))</c> and <c>h = (1−z)∘n + z∘h'</c>
/// (Cho 2014, in cuDNN's form).
/// </summary>
internal sealed class GruCell : Cell
{
    public override CellKind Kind => CellKind.Gru;

    public override string PyTorchName => "GRU";

    public override int Gates => 3;

    public override int? GateWithRecurrentBias => 2;

    public override void Activate(Span<float> gates, Span<float> fromState, Span<float> hidden, Span<float> memory)
    {
        var size = hidden.Length;
        var resetAndUpdate = gates[..(2 * size)];
        VectorFunctions.Sigmoid(resetAndUpdate, resetAndUpdate);
        var reset = resetAndUpdate[..size];
        var update = resetAndUpdate[size..];

        VectorFunctions.Multiply(reset, fromState, fromState);
        var candidate = gates[(2 * size)..];
        VectorFunctions.Add(candidate, fromState, candidate);
        VectorFunctions.Tanh(candidate, candidate);

        // h = n + z∘(h' − n)
        for (var i = 0; i < size; i++) hidden[i] = candidate[i] + (update[i] * (hidden[i] - candidate[i]));
    }
}
