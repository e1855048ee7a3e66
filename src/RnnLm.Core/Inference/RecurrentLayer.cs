using System.Buffers;
using RnnLm.Networks;

namespace RnnLm.Inference;

/// <summary>One recurrent layer ready to run. It is immutable; the states it works on are the caller's.</summary>
internal abstract class RecurrentLayer
{
    private readonly float[] bias;

    private protected RecurrentLayer(LayerMatrices weights)
    {
        Input = weights.Input;
        Recurrent = weights.Recurrent;
        bias = weights.Bias;
        HiddenSize = weights.Recurrent.Columns;
    }

    /// <summary>The size of the layer's hidden state.</summary>
    public int HiddenSize { get; }

    /// <summary>The number of gate values of one step: <c>gates * hidden</c>.</summary>
    public int GateCount => bias.Length;

    /// <summary>The number of further values that <see cref="Step"/> needs for its work.</summary>
    public virtual int ScratchSize => 0;

    /// <summary>The matrix that multiplies the layer's input: <c>[gates * hidden, input]</c>.</summary>
    public WeightMatrix Input { get; }

    /// <summary>The bias of every gate: <c>[gates * hidden]</c>.</summary>
    public ReadOnlySpan<float> Bias => bias;

    /// <summary>The matrix that multiplies the layer's previous hidden state: <c>[gates * hidden, hidden]</c>.</summary>
    protected WeightMatrix Recurrent { get; }

    public static RecurrentLayer Create(CellKind kind, LayerMatrices weights) => kind switch
    {
        CellKind.Elman => new TanhLayer(weights),
        CellKind.Relu => new ReluLayer(weights),
        CellKind.Lstm => new LstmLayer(weights),
        CellKind.Gru => new GruLayer(weights),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such cell."),
    };

    /// <summary>What the layer's input alone gives the gates: <c>gates = W_x x + b</c>.</summary>
    /// <param name="x">The input: <c>[input]</c>.</param>
    /// <param name="gates">Receives the result: <c>[gates * hidden]</c>.</param>
    public void ProjectInput(ReadOnlySpan<float> x, Span<float> gates)
    {
        bias.CopyTo(gates);
        Input.MultiplyAdd(x, gates);
    }

    /// <summary>What a row of a matrix, as the layer's input, gives the gates.</summary>
    /// <param name="inputs">The matrix: <c>[any number, input]</c>.</param>
    /// <param name="row">The row.</param>
    /// <param name="gates">Receives the result: <c>[gates * hidden]</c>.</param>
    public void ProjectRow(WeightMatrix inputs, int row, Span<float> gates)
    {
        var room = ArrayPool<float>.Shared.Rent(inputs.Columns);
        var x = room.AsSpan(0, inputs.Columns);
        inputs.CopyRow(row, x);
        ProjectInput(x, gates);
        ArrayPool<float>.Shared.Return(room);
    }

    /// <summary>Moves the layer's state on by one word.</summary>
    /// <param name="gates">What <see cref="ProjectInput"/> gave: <c>[gates * hidden]</c>; overwritten.</param>
    /// <param name="hidden">The hidden state: <c>[hidden]</c>; moved on.</param>
    /// <param name="cell">The cell state of an LSTM: <c>[hidden]</c>; moved on.</param>
    /// <param name="scratch">Room for <see cref="ScratchSize"/> values.</param>
    public abstract void Step(Span<float> gates, Span<float> hidden, Span<float> cell, Span<float> scratch);
}
