namespace RnnLm.Training;

/// <summary>The window that passes through the layers: its words, and where its targets are.</summary>
internal sealed class CurrentWindow
{
    private int[] inputs = [];
    private int[] targets = []; // of the positions that have one
    private int[] targetPositions = [];
    private int[] resets = [];
    private int resetCount;

    /// <summary>The training step, from which random choices follow.</summary>
    public long Step { get; private set; }

    /// <summary>The number of streams.</summary>
    public int BatchSize { get; private set; }

    /// <summary>The number of steps.</summary>
    public int Length { get; private set; }

    /// <summary>The number of positions: step <c>t</c> of stream <c>b</c> is position <c>t * batch + b</c>.</summary>
    public int Positions => Length * BatchSize;

    /// <summary>The positions that are read from the zero state, in ascending order.</summary>
    public ReadOnlyMemory<int> Resets => resets.AsMemory(0, resetCount);

    /// <summary>The words read: <c>[positions]</c>.</summary>
    public ReadOnlyMemory<int> Inputs => inputs.AsMemory(0, Positions);

    /// <summary>The number of targets.</summary>
    public int TargetCount { get; private set; }

    /// <summary>The words to predict, padding left out.</summary>
    public ReadOnlySpan<int> Targets => targets.AsSpan(0, TargetCount);

    /// <summary>The positions of <see cref="Targets"/>, in ascending order.</summary>
    public ReadOnlySpan<int> TargetPositions => targetPositions.AsSpan(0, TargetCount);

    /// <summary>Takes up a window.</summary>
    /// <param name="window">The window.</param>
    /// <param name="step">The training step.</param>
    /// <param name="vocabularySize">The number of words that there are.</param>
    /// <exception cref="ArgumentException">A word is outside the vocabulary.</exception>
    public void Load(Window window, long step, int vocabularySize)
    {
        Reserve(window.Inputs.Length);
        (Step, BatchSize, Length) = (step, window.BatchSize, window.Length);
        window.Inputs.CopyTo(inputs);
        LoadResets(window.Resets);
        TargetCount = 0;
        for (var position = 0; position < window.Targets.Length; position++)
        {
            Check(window.Inputs[position], position, "input", vocabularySize);
            var target = window.Targets[position];
            if (target == Window.Padding) continue;
            Check(target, position, "target", vocabularySize);
            targets[TargetCount] = target;
            targetPositions[TargetCount++] = position;
        }
    }

    private void LoadResets(ReadOnlySpan<bool> isReset)
    {
        resetCount = 0;
        for (int start = 0, next; (next = isReset[start..].IndexOf(true)) >= 0; start += next + 1) resets[resetCount++] = start + next;
    }

    private void Reserve(int positions)
    {
        if (inputs.Length >= positions) return;
        inputs = new int[positions];
        targets = new int[positions];
        targetPositions = new int[positions];
        resets = new int[positions];
    }

    private static void Check(int id, int position, string what, int words)
    {
        if ((uint)id >= (uint)words)
            throw new ArgumentException($"The {what} at position {position} of the window is word {id}; the vocabulary has the words 0 to {words - 1}.", nameof(id));
    }
}
