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
    /// <param name="sizes">Weights of the layer's sizes.</param>
    /// <param name="batchSize">The number of streams.</param>
    /// <param name="capacity">The greatest number of steps.</param>
    public UnrolledStates(Cell cell, LayerWeights sizes, int batchSize, int capacity)
    {
        this.capacity = capacity;
        BatchSize = batchSize;
        (Units, OutputSize) = (sizes.Bias.Rows / cell.Gates, sizes.Recurrent.Columns);
        var positions = checked(batchSize * capacity);
        var states = checked(positions + batchSize);
        Gates = MatrixView.Zeros(positions, cell.Gates * Units);
        RecurrentGates = cell.GateWithRecurrentBias is null ? Gates : MatrixView.Zeros(positions, cell.Gates * Units);
        Hidden = MatrixView.Zeros(states, OutputSize);
        HiddenGradient = MatrixView.Zeros(states, OutputSize);
        Memory = MatrixView.Zeros(cell.HasMemory ? states : 0, Units);
        SquashedMemory = MatrixView.Zeros(cell.HasMemory ? positions : 0, Units);
        MemoryGradient = MatrixView.Zeros(cell.HasMemory ? batchSize : 0, Units);
        var isProjected = sizes.Projection is not null;
        Activated = isProjected ? MatrixView.Zeros(positions, Units) : Hidden.RowRange(batchSize, positions);
        ActivatedGradient = isProjected ? MatrixView.Zeros(positions, Units) : HiddenGradient.RowRange(batchSize, positions);
        Resets = new StateResets(cell, this);
    }

    /// <summary>The number of streams.</summary>
    public int BatchSize { get; }

    /// <summary>The number of hidden units, the size of each gate and of the memory.</summary>
    public int Units { get; }

    /// <summary>The size of the hidden state: that of its projection, or the number of units.</summary>
    public int OutputSize { get; }

    /// <summary>The number of steps in use.</summary>
    public int Length { get; private set; }

    /// <summary>The number of rows in use.</summary>
    public int Positions => Length * BatchSize;

    /// <summary>
    /// The gates: <c>[positions, gates * units]</c>. First the input's share of their pre-activations, then their values, and going
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

    /// <summary>The hidden states <c>[batch + positions, output]</c>: row <c>r</c> is the state before position <c>r</c>, row <c>batch + r</c> the one after.</summary>
    public MatrixView Hidden { get; }

    /// <summary>The gradients of <see cref="Hidden"/>.</summary>
    public MatrixView HiddenGradient { get; }

    /// <summary>
    /// What the cell makes at each position, before any projection: <c>[positions, units]</c>; without one, the hidden states after each.
    /// </summary>
    public MatrixView Activated { get; }

    /// <summary>The gradients of <see cref="Activated"/>.</summary>
    public MatrixView ActivatedGradient { get; }

    /// <summary>The memories of a cell that has one, <c>[batch + positions, units]</c>, in the order of <see cref="Hidden"/>.</summary>
    public MatrixView Memory { get; }

    /// <summary>The hyperbolic tangents of the memories: <c>[positions, units]</c>.</summary>
    public MatrixView SquashedMemory { get; }

    /// <summary>The gradient of the memories at the step that back-propagation has reached: <c>[batch, units]</c>.</summary>
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
    public static void RequireSaved(TrainingState state, int batchSize, int outputSize)
    {
        if (state.LengthOf(HiddenName) != (long)batchSize * outputSize)
            throw new InvalidDataException($"The hidden states of {batchSize} streams have {state.LengthOf(HiddenName)} values; they must have {outputSize} each.");
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
