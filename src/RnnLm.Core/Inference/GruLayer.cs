using RnnLm.Networks;
using RnnLm.Numerics;

namespace RnnLm.Inference;

/// <summary>
/// <c>r, z = σ(W x + U h' + b)</c>, <c>n = tanh(W_n x + b_n + r∘(U_n h' + b_hn))</c> and <c>h = (1−z)∘n + z∘h'</c>
/// (Cho 2014, in cuDNN's form).
/// </summary>
internal sealed class GruLayer : RecurrentLayer
{
    private readonly WeightMatrix recurrentGates;
    private readonly WeightMatrix recurrentCandidate;
    private readonly float[] recurrentBias;

    public GruLayer(LayerTensors<WeightMatrix, float[]> weights)
        : base(weights)
    {
        recurrentGates = Recurrent.RowRange(0, 2 * HiddenSize);
        recurrentCandidate = Recurrent.RowRange(2 * HiddenSize, HiddenSize);
        recurrentBias = weights.RecurrentBias!;
    }

    public override int ScratchSize => HiddenSize;

    private protected override void AddState(ReadOnlySpan<float> hidden, Span<float> gates, Span<float> scratch)
    {
        recurrentGates.MultiplyAdd(hidden, gates[..(2 * HiddenSize)]);
        recurrentBias.CopyTo(scratch);
        recurrentCandidate.MultiplyAdd(hidden, scratch);
    }

    private protected override void AddStates(MatrixView hidden, MatrixView gates, MatrixView scratch)
    {
        recurrentGates.MultiplyAdd(hidden, 0, gates.ColumnRange(0, 2 * HiddenSize));
        for (var i = 0; i < scratch.Rows; i++) recurrentBias.CopyTo(scratch.Row(i));
        recurrentCandidate.MultiplyAdd(hidden, 0, scratch);
    }

    private protected override void Activate(Span<float> gates, Span<float> hidden, Span<float> cell, Span<float> scratch)
    {
        var size = hidden.Length;
        var resetAndUpdate = gates[..(2 * size)];
        VectorFunctions.Sigmoid(resetAndUpdate, resetAndUpdate);
        var reset = resetAndUpdate[..size];
        var update = resetAndUpdate[size..];

        // What the state gives the candidate: U_n h' + b_hn
        var fromState = scratch[..size];
        VectorFunctions.Multiply(reset, fromState, fromState);
        var candidate = gates[(2 * size)..];
        VectorFunctions.Add(candidate, fromState, candidate);
        VectorFunctions.Tanh(candidate, candidate);

        // h = n + z∘(h' − n)
        for (var i = 0; i < size; i++) hidden[i] = candidate[i] + (update[i] * (hidden[i] - candidate[i]));
    }
}
