namespace RnnLm;

/// <summary>
/// A window of parallel texts, word by word: at step <c>t</c>, stream <c>b</c> reads <c>Inputs[t * BatchSize + b]</c> and is to
/// predict <c>Targets[t * BatchSize + b]</c>. A source of windows fills the same one again and again.
/// </summary>
/// <param name="batchSize">The number of streams.</param>
/// <param name="capacity">The greatest number of steps.</param>
public sealed class Window(int batchSize, int capacity)
{
    /// <summary>A target that is padding: it adds nothing to loss or gradient.</summary>
    public const int Padding = -1;

    private readonly int[] inputs = new int[checked(batchSize * capacity)];
    private readonly int[] targets = new int[checked(batchSize * capacity)];
    private readonly bool[] resets = new bool[checked(batchSize * capacity)];
    private int length;
    private int sharedTargetCount; // 0 where one process trains

    /// <summary>The number of streams.</summary>
    public int BatchSize { get; } = batchSize;

    /// <summary>The greatest number of steps.</summary>
    public int Capacity { get; } = capacity;

    /// <summary>The number of steps in use.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 0 or above <see cref="Capacity"/>.</exception>
    public int Length
    {
        get => length;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, Capacity);
            length = value;
        }
    }

    /// <summary>How many targets are not padding.</summary>
    public int TargetCount { get; set; }

    /// <summary>How many targets are not padding in the windows of all processes that train one network with this one.</summary>
    internal int SharedTargetCount
    {
        get => Math.Max(sharedTargetCount, TargetCount);
        set => sharedTargetCount = value;
    }

    /// <summary>The words read: <c>[length, batch]</c>. Where a target is padding, the input is any valid id.</summary>
    public Span<int> Inputs => inputs.AsSpan(0, Length * BatchSize);

    /// <summary>The words to predict: <c>[length, batch]</c>, <see cref="Padding"/> where there is none.</summary>
    public Span<int> Targets => targets.AsSpan(0, Length * BatchSize);

    /// <summary>
    /// Whether a stream's state is reset before a step, so that the step begins from the zero state rather than from where the one
    /// before ended: <c>[length, batch]</c>. No gradient goes back across a reset.
    /// </summary>
    public Span<bool> Resets => resets.AsSpan(0, Length * BatchSize);

    /// <summary>Whether every stream is reset before the first step, so that nothing is carried over from the window before.</summary>
    public bool StartsFresh => !Resets.IsEmpty && !Resets[..BatchSize].Contains(false);

    /// <summary>Begins to fill the window: no target yet, and no reset but, where it starts fresh, those before the first step.</summary>
    internal void Begin(int length, bool startsFresh)
    {
        Length = length;
        TargetCount = 0;
        Resets.Clear();
        if (startsFresh) Resets[..BatchSize].Fill(true);
    }

    /// <summary>Throws where the window is for another number of streams.</summary>
    internal void RequireBatchSize(int expected)
    {
        if (BatchSize != expected)
            throw new ArgumentException($"The window is for {BatchSize} streams; these batches have {expected}.");
    }

    /// <summary>
    /// Writes one stream's column: targets from <paramref name="start"/> on, as many as fit and are left, then padding. The input
    /// is the word before the target; before a corpus's first word, and before a row's, that is an end-of-line word.
    /// </summary>
    internal void Write(int stream, ReadOnlySpan<int> ids, int start, int left)
    {
        var count = Math.Clamp(left, 0, Length);
        Write(stream, ids, start, count, firstStep: 0);
        Pad(stream, count);
    }

    /// <summary>Writes some steps of one stream's column: <paramref name="count"/> targets from <paramref name="start"/> on, and the words before them.</summary>
    internal void Write(int stream, ReadOnlySpan<int> ids, int start, int count, int firstStep)
    {
        var cell = firstStep * BatchSize + stream;
        for (var step = 0; step < count; step++, cell += BatchSize)
        {
            inputs[cell] = start + step == 0 ? Vocabulary.EndOfLineId : ids[start + step - 1];
            targets[cell] = ids[start + step];
        }
        TargetCount += count;
    }

    /// <summary>Pads one stream's column from a step on.</summary>
    internal void Pad(int stream, int firstStep)
    {
        var cell = firstStep * BatchSize + stream;
        for (var step = firstStep; step < Length; step++, cell += BatchSize)
        {
            inputs[cell] = Vocabulary.EndOfLineId;
            targets[cell] = Padding;
        }
    }
}
