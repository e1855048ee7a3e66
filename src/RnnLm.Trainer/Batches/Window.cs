namespace RnnLm.Training;

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

    /// <summary>The number of streams.</summary>
    public int BatchSize { get; } = batchSize;

    /// <summary>The greatest number of steps.</summary>
    public int Capacity { get; } = capacity;

    /// <summary>The number of steps in use.</summary>
    public int Length { get; set; }

    /// <summary>How many targets are not padding.</summary>
    public int TargetCount { get; set; }

    /// <summary>Whether every stream begins from the zero state, rather than from where the window before ended.</summary>
    public bool StartsFresh { get; set; }

    /// <summary>The words read: <c>[length, batch]</c>. Where a target is padding, the input is any valid id.</summary>
    public Span<int> Inputs => inputs.AsSpan(0, Length * BatchSize);

    /// <summary>The words to predict: <c>[length, batch]</c>, <see cref="Padding"/> where there is none.</summary>
    public Span<int> Targets => targets.AsSpan(0, Length * BatchSize);
}
