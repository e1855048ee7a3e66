using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary>
/// What a recurrent layer computes over the steps of a window: step <c>t</c> of stream <c>b</c> is row <c>t * batch + b</c>. The state
/// that the window begins with is kept in here too.
/// </summary>
internal sealed class UnrolledLayer
{
    private readonly int capacity;

    /// <param name="shape">The network's sizes.</param>
    /// <param name="layer">The layer, from 0.</param>
    /// <param name="batchSize">The number of streams.</param>
    /// <param name="capacity">The greatest number of steps.</param>
    public UnrolledLayer(NetworkShape shape, int layer, int batchSize, int capacity)
    {
        this.capacity = capacity;
        BatchSize = batchSize;
        HiddenSize = shape.OutputSizeOf(layer);
        var positions = checked(batchSize * capacity);
        var states = checked(positions + batchSize);
        Gates = MatrixView.Zeros(positions, shape.Gates * HiddenSize);
        RecurrentGates = shape.Cell == CellKind.Gru ? MatrixView.Zeros(positions, shape.Gates * HiddenSize) : Gates;
        Hidden = MatrixView.Zeros(states, HiddenSize);
        HiddenGradient = MatrixView.Zeros(states, HiddenSize);
        var isLstm = shape.Cell == CellKind.Lstm;
        Cells = MatrixView.Zeros(isLstm ? states : 0, HiddenSize);
        SquashedCells = MatrixView.Zeros(isLstm ? positions : 0, HiddenSize);
        CellGradient = MatrixView.Zeros(isLstm ? batchSize : 0, HiddenSize);
    }

    /// <summary>The number of streams.</summary>
    public int BatchSize { get; }

    /// <summary>The size of the hidden state.</summary>
    public int HiddenSize { get; }

    /// <summary>The number of steps in use.</summary>
    public int Length { get; private set; }

    /// <summary>The number of rows in use.</summary>
    public int Positions => Length * BatchSize;

    /// <summary>
    /// The gates: <c>[positions, gates * hidden]</c>. First the input's share of their pre-activations, then their values, and going
    /// backward the gradients of the pre-activations.
    /// </summary>
    public MatrixView Gates { get; }

    /// <summary>
    /// What the recurrent matrix yields, and going backward the gradient of that, where it is not simply added to the input's share;
    /// otherwise the same matrix as <see cref="Gates"/>.
    /// </summary>
    public MatrixView RecurrentGates { get; }

    /// <summary>Whether the recurrent product is added to the input's share of the gates.</summary>
    public bool SharesGates => ReferenceEquals(Gates.Values, RecurrentGates.Values);

    /// <summary>The hidden states <c>[batch + positions, hidden]</c>: row <c>r</c> is the state before position <c>r</c>, row <c>batch + r</c> the one after.</summary>
    public MatrixView Hidden { get; }

    /// <summary>The gradients of <see cref="Hidden"/>.</summary>
    public MatrixView HiddenGradient { get; }

    /// <summary>An LSTM's cells, in the order of <see cref="Hidden"/>.</summary>
    public MatrixView Cells { get; }

    /// <summary>The hyperbolic tangents of an LSTM's cells: <c>[positions, hidden]</c>.</summary>
    public MatrixView SquashedCells { get; }

    /// <summary>The gradient of an LSTM's cells at the step that back-propagation has reached: <c>[batch, hidden]</c>.</summary>
    public MatrixView CellGradient { get; }

    /// <summary>The hidden states before each position in use.</summary>
    public MatrixView HiddenBefore => Hidden.RowRange(0, Positions);

    /// <summary>The hidden states after each position in use.</summary>
    public MatrixView HiddenAfter => Hidden.RowRange(BatchSize, Positions);

    /// <summary>The gradients of <see cref="HiddenAfter"/>.</summary>
    public MatrixView HiddenAfterGradient => HiddenGradient.RowRange(BatchSize, Positions);

    /// <summary>Begins a window of some steps.</summary>
    /// <param name="length">The number of steps.</param>
    /// <param name="startsFresh">Whether it begins from the zero state rather than from the carried one.</param>
    public void Begin(int length, bool startsFresh)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, capacity);
        Length = length;
        if (!startsFresh) return;
        StateOf(Hidden, 0).Clear();
        StateOf(Cells, 0).Clear();
    }

    /// <summary>Makes the state after the last step the one that the next window begins with.</summary>
    public void CarryState()
    {
        StateOf(Hidden, Length).CopyTo(StateOf(Hidden, 0));
        StateOf(Cells, Length).CopyTo(StateOf(Cells, 0));
    }

    /// <summary>Begins with the state that another has carried.</summary>
    /// <param name="other">One with as many streams.</param>
    public void CarryStateFrom(UnrolledLayer other)
    {
        other.StateOf(other.Hidden, 0).CopyTo(StateOf(Hidden, 0));
        other.StateOf(other.Cells, 0).CopyTo(StateOf(Cells, 0));
    }

    private Span<float> StateOf(MatrixView states, int step)
        => states.Rows == 0 ? [] : states.RowRange(step * BatchSize, BatchSize).Elements;
}
