using System.Numerics;
using System.Runtime.CompilerServices;
using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary>
/// Adds to the gradient that of <c>β</c> times the mean square of how much the output of the layer below changes from a step to the next (TAR, Merity
/// 2017). Steps that count have a target, and so has the one before, and the state is not reset in between. The loss does not show it.
/// </summary>
internal sealed class TemporalActivationPenalty : Regularizer
{
    private readonly double factor;
    private readonly CurrentWindow window;
    private readonly Workers workers;
    private readonly Action<int> addPart;
    private bool[] hasTarget = []; // of every position
    private bool[] follows = []; // of every position: whether the change from the step before counts
    private float slope;

    /// <param name="below">The layer below.</param>
    /// <param name="factor">The factor <c>β</c>.</param>
    /// <param name="window">The window.</param>
    /// <param name="workers">The threads that share the work.</param>
    public TemporalActivationPenalty(WindowLayer below, double factor, CurrentWindow window, Workers workers)
        : base(below)
    {
        this.factor = factor;
        this.window = window;
        this.workers = workers;
        addPart = AddPart;
    }

    public override bool NeedsOutput => true;

    public override void Reserve(int batchSize, int capacity, bool keepsState)
    {
        hasTarget = new bool[checked(batchSize * capacity)];
        follows = new bool[hasTarget.Length];
    }

    public override void Forward()
    {
    }

    public override void Backward()
    {
        var changes = MarkChanges();
        if (changes == 0) return;
        slope = (float)(2 * factor / ((double)changes * Size));
        workers.Run(workers.Count, addPart);
    }

    private int MarkChanges()
    {
        hasTarget.AsSpan(0, window.Positions).Clear();
        foreach (var position in window.TargetPositions) hasTarget[position] = true;
        follows.AsSpan(0, window.BatchSize).Clear();
        for (var position = window.BatchSize; position < window.Positions; position++)
            follows[position] = hasTarget[position] && hasTarget[position - window.BatchSize];
        foreach (var position in window.Resets.Span) follows[position] = false;
        return follows.AsSpan(0, window.Positions).Count(true);
    }

    private void AddPart(int part)
    {
        var (output, gradient, batch) = (Output, OutputGradient, window.BatchSize);
        var (start, count) = Partition.Share(window.Positions, part, workers.Count);
        for (var row = start; row < start + count; row++)
        {
            if (follows[row]) AddDifference(output.Row(row), output.Row(row - batch), gradient.Row(row));
            var next = row + batch;
            if (next < window.Positions && follows[next]) AddDifference(output.Row(row), output.Row(next), gradient.Row(row));
        }
    }

    // gradient += slope · (one − other)
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddDifference(ReadOnlySpan<float> one, ReadOnlySpan<float> other, Span<float> gradient)
    {
        var scale = new Vector<float>(slope);
        for (var i = 0; i < gradient.Length; i += SpanVectors.Count)
        {
            var difference = SpanVectors.Load(one, i) - SpanVectors.Load(other, i);
            SpanVectors.Store(SpanVectors.Load(gradient, i) + scale * difference, gradient, i);
        }
    }
}
