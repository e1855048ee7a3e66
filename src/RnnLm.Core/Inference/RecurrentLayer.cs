using System.Buffers;
using RnnLm.Networks;
using RnnLm.Numerics;

namespace RnnLm.Inference;

/// <summary>One recurrent layer ready to run. It is immutable; the states it works on are the caller's.</summary>
internal abstract class RecurrentLayer
{
    private readonly float[] bias;

    private protected RecurrentLayer(LayerTensors<WeightMatrix, float[]> weights)
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

    /// <summary>The number of further values that <see cref="Step(Span{float}, Span{float}, Span{float}, Span{float})"/> needs for its work.</summary>
    public virtual int ScratchSize => 0;

    /// <summary>The matrix that multiplies the layer's input: <c>[gates * hidden, input]</c>.</summary>
    public WeightMatrix Input { get; }

    /// <summary>The bias of every gate: <c>[gates * hidden]</c>.</summary>
    public ReadOnlySpan<float> Bias => bias;

    /// <summary>The matrix that multiplies the layer's previous hidden state: <c>[gates * hidden, hidden]</c>.</summary>
    protected WeightMatrix Recurrent { get; }

    public static RecurrentLayer Create(CellKind kind, LayerTensors<WeightMatrix, float[]> weights) => kind switch
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

    /// <summary>What the inputs of many texts give the gates, in one product.</summary>
    /// <param name="inputs">The inputs, one to a row: <c>[n, input]</c>.</param>
    /// <param name="gates">Receives the result: <c>[n, gates * hidden]</c>.</param>
    public void ProjectInputs(MatrixView inputs, MatrixView gates)
    {
        for (var i = 0; i < gates.Rows; i++) bias.CopyTo(gates.Row(i));
        Input.MultiplyAdd(inputs, 0, gates);
    }

    /// <summary>Moves the layer's state on by one word.</summary>
    /// <param name="gates">What <see cref="ProjectInput"/> gave: <c>[gates * hidden]</c>; overwritten.</param>
    /// <param name="hidden">The hidden state: <c>[hidden]</c>; moved on.</param>
    /// <param name="cell">The cell state of an LSTM: <c>[hidden]</c>; moved on.</param>
    /// <param name="scratch">Room for <see cref="ScratchSize"/> values.</param>
    public void Step(Span<float> gates, Span<float> hidden, Span<float> cell, Span<float> scratch)
    {
        AddState(hidden, gates, scratch);
        Activate(gates, hidden, cell, scratch);
    }

    /// <summary>Moves the layer's states of many texts on by a word each, in one product.</summary>
    /// <param name="gates">What <see cref="ProjectInputs"/> gave: <c>[n, gates * hidden]</c>; overwritten.</param>
    /// <param name="hidden">The hidden states: <c>[n, hidden]</c>; moved on.</param>
    /// <param name="cell">The cell states of LSTMs: <c>[n, hidden]</c>, without columns for other cells; moved on.</param>
    /// <param name="scratch">Room for <see cref="ScratchSize"/> values a row.</param>
    public void Step(MatrixView gates, MatrixView hidden, MatrixView cell, MatrixView scratch)
    {
        AddStates(hidden, gates, scratch);
        for (var i = 0; i < hidden.Rows; i++) Activate(gates.Row(i), hidden.Row(i), cell.Row(i), scratch.Row(i));
    }

    /// <summary>Adds to the gates what the hidden state gives them; what must not be added goes to <paramref name="scratch"/>.</summary>
    private protected virtual void AddState(ReadOnlySpan<float> hidden, Span<float> gates, Span<float> scratch) => Recurrent.MultiplyAdd(hidden, gates);

    /// <summary>The same for many texts, a row a text.</summary>
    private protected virtual void AddStates(MatrixView hidden, MatrixView gates, MatrixView scratch) => Recurrent.MultiplyAdd(hidden, 0, gates);

    /// <summary>Makes the new state of the gates and the state before.</summary>
    private protected abstract void Activate(Span<float> gates, Span<float> hidden, Span<float> cell, Span<float> scratch);
}
