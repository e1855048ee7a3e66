using System.Buffers;
using RnnLm.Networks;
using RnnLm.Numerics;

namespace RnnLm.Inference;

/// <summary>One recurrent layer ready to run: a cell and its weights. It is immutable; the states it works on are the caller's.</summary>
internal sealed class RecurrentLayer
{
    private readonly Cell cell;
    private readonly float[] bias;
    // The rows of the recurrent matrix: of the gates that take input and state together, and of the one that has a recurrent bias.
    private readonly WeightMatrix recurrent;
    private readonly WeightMatrix? recurrentApart;
    private readonly float[]? recurrentBias;

    /// <param name="cell">The cell.</param>
    /// <param name="weights">The layer's weights.</param>
    public RecurrentLayer(Cell cell, LayerTensors<WeightMatrix, float[]> weights)
    {
        this.cell = cell;
        Input = weights.Input;
        bias = weights.Bias;
        HiddenSize = weights.Recurrent.Columns;
        recurrent = weights.Recurrent;
        if (cell.GateWithRecurrentBias is not { } gate) return;
        recurrent = weights.Recurrent.RowRange(0, gate * HiddenSize);
        recurrentApart = weights.Recurrent.RowRange(gate * HiddenSize, HiddenSize);
        recurrentBias = weights.RecurrentBias;
    }

    /// <summary>The size of the layer's hidden state.</summary>
    public int HiddenSize { get; }

    /// <summary>The number of gate values of one step: <c>gates * hidden</c>.</summary>
    public int GateCount => bias.Length;

    /// <summary>The number of further values that <see cref="Step(Span{float}, Span{float}, Span{float}, Span{float})"/> needs for its work.</summary>
    public int ScratchSize => recurrentApart is null ? 0 : HiddenSize;

    /// <summary>The matrix that multiplies the layer's input: <c>[gates * hidden, input]</c>.</summary>
    public WeightMatrix Input { get; }

    /// <summary>The bias of every gate: <c>[gates * hidden]</c>.</summary>
    public ReadOnlySpan<float> Bias => bias;

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
    /// <param name="memory">The memory of a cell that has one: <c>[hidden]</c>; moved on.</param>
    /// <param name="scratch">Room for <see cref="ScratchSize"/> values.</param>
    public void Step(Span<float> gates, Span<float> hidden, Span<float> memory, Span<float> scratch)
    {
        recurrent.MultiplyAdd(hidden, gates[..recurrent.Rows]);
        if (recurrentApart is not null)
        {
            recurrentBias.CopyTo(scratch);
            recurrentApart.MultiplyAdd(hidden, scratch);
        }
        cell.Activate(gates, scratch, hidden, memory);
    }

    /// <summary>Moves the layer's states of many texts on by a word each, in one product.</summary>
    /// <param name="gates">What <see cref="ProjectInputs"/> gave: <c>[n, gates * hidden]</c>; overwritten.</param>
    /// <param name="hidden">The hidden states: <c>[n, hidden]</c>; moved on.</param>
    /// <param name="memory">The memories of cells that have one: <c>[n, hidden]</c>, without columns for others; moved on.</param>
    /// <param name="scratch">Room for <see cref="ScratchSize"/> values a row.</param>
    public void Step(MatrixView gates, MatrixView hidden, MatrixView memory, MatrixView scratch)
    {
        recurrent.MultiplyAdd(hidden, 0, gates.ColumnRange(0, recurrent.Rows));
        if (recurrentApart is not null)
        {
            for (var i = 0; i < scratch.Rows; i++) recurrentBias.CopyTo(scratch.Row(i));
            recurrentApart.MultiplyAdd(hidden, 0, scratch);
        }
        for (var i = 0; i < hidden.Rows; i++) cell.Activate(gates.Row(i), scratch.Row(i), hidden.Row(i), memory.Row(i));
    }
}
