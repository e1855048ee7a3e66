using System.Runtime.InteropServices;

namespace RnnLm.Training;

/// <summary>The mean of all weights since an epoch was worse than the best of all but the last few before it.</summary>
/// <param name="interval">How many windows there are from one average to the next.</param>
/// <param name="nonmonotoneInterval">How many those few are.</param>
internal sealed class TriggeredAveragingCourse(int interval, int nonmonotoneInterval) : AveragingCourse(interval)
{
    private readonly Queue<double> latest = new(); // cross-entropies of the last few epochs, from the earliest on
    private double best = double.PositiveInfinity; // of those before them

    protected override bool IsToBeginAfter(double crossEntropy)
    {
        if (crossEntropy > best) return true;
        latest.Enqueue(crossEntropy);
        if (latest.Count > nonmonotoneInterval) best = Math.Min(best, latest.Dequeue());
        return false;
    }

    protected override double ShareOf(long n, int interval) => 1.0 / n;

    public override void Save(TrainingState state)
    {
        base.Save(state);
        state.Set("best", best);
        state.Set("latest", MemoryMarshal.AsBytes<double>(latest.ToArray()));
    }

    public override void Restore(TrainingState state)
    {
        base.Restore(state);
        best = state.Get("best");
        var numbers = new double[state.LengthOf("latest") / sizeof(double)];
        state.Get("latest", MemoryMarshal.AsBytes(numbers.AsSpan()));
        latest.Clear();
        foreach (var number in numbers) latest.Enqueue(number);
    }
}
