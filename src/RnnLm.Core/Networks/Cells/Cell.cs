namespace RnnLm.Networks;

/// <summary>
/// What one kind of recurrent cell is: its names, its gates, and how it makes a new state of them. It has no weights; whoever has them works out
/// what the input and the state before give each gate. <see cref="All"/> is the one place that lists the cells there are.
/// </summary>
internal abstract class Cell
{
    /// <summary>Every cell there is, in the order of <see cref="CellKind"/>.</summary>
    public static IReadOnlyList<Cell> All { get; } = [new ElmanCell(), new ReluCell(), new LstmCell(), new GruCell(), new CifgCell()];

    /// <summary>The kind that stands for the cell in the public interface.</summary>
    public abstract CellKind Kind { get; }

    /// <summary>The name in model files, training records and on the command line, such as <c>lstm</c>.</summary>
    public string Name => Kind.ToString().ToLowerInvariant();

    /// <summary>The name in PyTorch's word_language_model, such as <c>RNN_TANH</c>; null where PyTorch has no such cell.</summary>
    public abstract string? PyTorchName { get; }

    /// <summary>The number of gates: each has the hidden state's size.</summary>
    public virtual int Gates => 1;

    /// <summary>Whether the state has a memory, <c>c</c>, besides the hidden state.</summary>
    public virtual bool HasMemory => false;

    /// <summary>
    /// The gate, always the last one, whose part from the state before has a bias of its own and is kept apart from the input's, <c>U h' + b</c>;
    /// null where there is none.
    /// </summary>
    public virtual int? GateWithRecurrentBias => null;

    /// <summary>The gate whose bias decides how much of the memory is kept at first; null where there is none.</summary>
    public virtual int? ForgetGate => null;

    /// <summary>Whether training begins with the identity as the recurrent matrix and a bias of zero, rather than with random numbers.</summary>
    public virtual bool BeginsAsIdentity => false;

    /// <summary>The names of the cells that PyTorch has: <c>elman, relu, lstm, gru</c>.</summary>
    public static string WithPyTorchName => string.Join(", ", All.Where(cell => cell.PyTorchName is not null).Select(cell => cell.Name));

    /// <summary>The names of the cells with a memory, whose hidden state may be projected: <c>lstm, cifg</c>.</summary>
    public static string WithMemory => string.Join(", ", All.Where(cell => cell.HasMemory).Select(cell => cell.Name));

    /// <summary>The cell of a kind.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such kind.</exception>
    public static Cell Of(CellKind kind)
    {
        foreach (var cell in All)
            if (cell.Kind == kind) return cell;
        throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such cell.");
    }

    /// <summary>Makes the new state of what the gates are given and the state before.</summary>
    /// <param name="gates">What input and state before give the gates, before any activation: <c>[gates * hidden]</c>; overwritten.</param>
    /// <param name="fromState">
    /// What the state before gives <see cref="GateWithRecurrentBias"/>: <c>[hidden]</c>, empty where there is no such gate; overwritten.
    /// </param>
    /// <param name="hidden">The hidden state: <c>[hidden]</c>; moved on. One that has a memory does not read it.</param>
    /// <param name="memory">The memory: <c>[hidden]</c>, empty where the cell has none; moved on.</param>
    public abstract void Activate(Span<float> gates, Span<float> fromState, Span<float> hidden, Span<float> memory);
}
