using System.Buffers;
using RnnLm.Networks;
using RnnLm.Numerics;

namespace RnnLm.Inference;

/// <summary>One recurrent layer ready to run: a cell and its weights. It is immutable; the states it works on are the caller's.</summary>
internal sealed class RecurrentLayer
{
    private readonly Cell cell;
    private readonly WeightMatrix input; // [gates * hidden, input]
    private readonly float[] bias;
    // The rows of the recurrent matrix: of the gates that take input and state together, and of the one that has a recurrent bias.
    private readonly WeightMatrix recurrent;
    private readonly WeightMatrix? recurrentApart;
    private readonly float[]? recurrentBias;
    private readonly WeightMatrix? projection; // [output, hidden]
    private readonly int units;

    /// <param name="cell">The cell.</param>
    /// <param name="weights">The layer's weights.</param>
    public RecurrentLayer(Cell cell, LayerTensors<WeightMatrix, float[]> weights)
    {
        this.cell = cell;
        input = weights.Input;
        bias = weights.Bias;
        OutputSize = weights.Recurrent.Columns;
        units = bias.Length / cell.Gates;
        recurrent = weights.Recurrent;
        projection = weights.Projection;
        if (cell.GateWithRecurrentBias is not { } gate) return;
        recurrent = weights.Recurrent.RowRange(0, gate * units);
        recurrentApart = weights.Recurrent.RowRange(gate * units, units);
        recurrentBias = weights.RecurrentBias;
    }

    /// <summary>The size of the layer's hidden state, projected where it is.</summary>
    public int OutputSize { get; }

    /// <summary>The number of gate values of one step: <c>gates * hidden</c>.</summary>
    public int GateCount => bias.Length;

    /// <summary>The number of further values that <see cref="Step"/> needs for its work, a row.</summary>
    public int ScratchSize => recurrentApart is null && projection is null ? 0 : units;

    /// <summary>What inputs alone give the gates, in one product: <c>gates = X W_xᵀ + b</c>.</summary>
    /// <param name="inputs">The inputs, one to a row: <c>[n, input]</c>.</param>
    /// <param name="gates">Receives the result: <c>[n, gates * hidden]</c>.</param>
    public void ProjectInputs(MatrixView inputs, MatrixView gates)
    {
        for (var i = 0; i < gates.Rows; i++) bias.CopyTo(gates.Row(i));
        input.MultiplyAdd(inputs, gates);
    }

    /// <summary>What rows of a matrix, as the layer's inputs, give the gates.</summary>
    /// <param name="inputs">The matrix: <c>[any number, input]</c>.</param>
    /// <param name="rows">The rows, in any order.</param>
    /// <param name="gates">Receives the result: <c>[rows, gates * hidden]</c>.</param>
    public void ProjectRows(WeightMatrix inputs, ReadOnlySpan<int> rows, MatrixView gates)
    {
        var room = ArrayPool<float>.Shared.Rent(rows.Length * inputs.Columns);
        var gathered = new MatrixView(room, rows.Length, inputs.Columns);
        for (var i = 0; i < rows.Length; i++) inputs.CopyRow(rows[i], gathered.Row(i));
        ProjectInputs(gathered, gates);
        ArrayPool<float>.Shared.Return(room);
    }

    /// <summary>Moves the layer's states on by a word each.</summary>
    /// <param name="gates">What <see cref="ProjectInputs"/> gave: <c>[n, gates * hidden]</c>; overwritten.</param>
    /// <param name="hidden">The hidden states: <c>[n, output]</c>; moved on.</param>
    /// <param name="memory">The memories of cells that have one: <c>[n, hidden]</c>, without columns for others; moved on.</param>
    /// <param name="scratch">Room for <see cref="ScratchSize"/> values a row.</param>
    public void Step(MatrixView gates, MatrixView hidden, MatrixView memory, MatrixView scratch)
    {
        recurrent.MultiplyAdd(hidden, gates.ColumnRange(0, recurrent.Rows));
        if (projection is not null)
        {
            for (var i = 0; i < hidden.Rows; i++)
            {
                cell.Activate(gates.Row(i), [], scratch.Row(i), memory.Row(i));
                hidden.Row(i).Clear();
            }
            projection.MultiplyAdd(scratch, hidden);
            return;
        }
        if (recurrentApart is not null)
        {
            for (var i = 0; i < scratch.Rows; i++) recurrentBias.CopyTo(scratch.Row(i));
            recurrentApart.MultiplyAdd(hidden, scratch);
        }
        for (var i = 0; i < hidden.Rows; i++) cell.Activate(gates.Row(i), scratch.Row(i), hidden.Row(i), memory.Row(i));
    }
}
