using RnnLm.Networks;
using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary>
/// What a recurrent layer computes over the steps of a window: step <c>t</c> of stream <c>b</c> is row <c>t * batch + b</c>. The state
/// that the window begins with is kept in here too.
/// </summary>
internal sealed class UnrolledStates
{
    private const string HiddenName = "hidden";
    private const string MemoryName = "memory";

    private readonly int capacity;

    /// <param name="cell">The cell.</param>
    /// <param name="hiddenSize">The size of the hidden state.</param>
    /// <param name="batchSize">The number of streams.</param>
    /// <param name="capacity">The greatest number of steps.</param>
    public UnrolledStates(Cell cell, int hiddenSize, int batchSize, int capacity)
    {
        this.capacity = capacity;
        BatchSize = batchSize;
        HiddenSize = hiddenSize;
        var positions = checked(batchSize * capacity);
        var states = checked(positions + batchSize);
        Gates = MatrixView.Zeros(positions, cell.Gates * hiddenSize);
        RecurrentGates = cell.GateWithRecurrentBias is null ? Gates : MatrixView.Zeros(positions, cell.Gates * hiddenSize);
        Hidden = MatrixView.Zeros(states, hiddenSize);
        HiddenGradient = MatrixView.Zeros(states, hiddenSize);
        Memory = MatrixView.Zeros(cell.HasMemory ? states : 0, hiddenSize);
        SquashedMemory = MatrixView.Zeros(cell.HasMemory ? positions : 0, hiddenSize);
        MemoryGradient = MatrixView.Zeros(cell.HasMemory ? batchSize : 0, hiddenSize);
        Resets = new StateResets(cell, this);
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

    /// <summary>The memories of a cell that has one, in the order of <see cref="Hidden"/>.</summary>
    public MatrixView Memory { get; }

    /// <summary>The hyperbolic tangents of the memories: <c>[positions, hidden]</c>.</summary>
    public MatrixView SquashedMemory { get; }

    /// <summary>The gradient of the memories at the step that back-propagation has reached: <c>[batch, hidden]</c>.</summary>
    public MatrixView MemoryGradient { get; }

    /// <summary>The positions that are read from the zero state.</summary>
    public StateResets Resets { get; }

    /// <summary>The hidden states before each position in use.</summary>
    public MatrixView HiddenBefore => Hidden.RowRange(0, Positions);

    /// <summary>The hidden states after each position in use.</summary>
    public MatrixView HiddenAfter => Hidden.RowRange(BatchSize, Positions);

    /// <summary>The gradients of <see cref="HiddenAfter"/>.</summary>
    public MatrixView HiddenAfterGradient => HiddenGradient.RowRange(BatchSize, Positions);

    /// <summary>Begins a window of some steps.</summary>
    /// <param name="length">The number of steps.</param>
    /// <param name="resets">The positions that are read from the zero state, in ascending order.</param>
    public void Begin(int length, ReadOnlyMemory<int> resets)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, capacity);
        Length = length;
        Resets.Begin(resets);
    }

    /// <summary>Makes the state after the last step the one that the next window begins with.</summary>
    public void CarryState()
    {
        StateOf(Hidden, Length).CopyTo(StateOf(Hidden, 0));
        StateOf(Memory, Length).CopyTo(StateOf(Memory, 0));
    }

    /// <summary>Begins with the state that another has carried.</summary>
    /// <param name="other">One with as many streams.</param>
    public void CarryStateFrom(UnrolledStates other)
    {
        other.StateOf(other.Hidden, 0).CopyTo(StateOf(Hidden, 0));
        other.StateOf(other.Memory, 0).CopyTo(StateOf(Memory, 0));
    }

    /// <summary>Saves the state that the next window begins with.</summary>
    public void Save(TrainingState state)
    {
        state.Set(HiddenName, StateOf(Hidden, 0));
        if (Memory.Rows > 0) state.Set(MemoryName, StateOf(Memory, 0));
    }

    /// <summary>Throws where what was saved is not the state of so many streams.</summary>
    /// <exception cref="InvalidDataException">It is not.</exception>
    public static void RequireSaved(TrainingState state, int batchSize, int hiddenSize)
    {
        if (state.LengthOf(HiddenName) != (long)batchSize * hiddenSize)
            throw new InvalidDataException($"The hidden states of {batchSize} streams have {state.LengthOf(HiddenName)} values; they must have {hiddenSize} each.");
    }

    /// <summary>Begins with a state that was saved for as many streams.</summary>
    public void Restore(TrainingState state)
    {
        state.Get(HiddenName, StateOf(Hidden, 0));
        if (Memory.Rows > 0) state.Get(MemoryName, StateOf(Memory, 0));
    }

    private Span<float> StateOf(MatrixView states, int step)
        => states.Rows == 0 ? [] : states.RowRange(step * BatchSize, BatchSize).Elements;
}
