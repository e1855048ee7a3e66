using System.Diagnostics;

namespace RnnLm.Benchmarks.Measurements;

/// <summary>Repeats a step for a while, after a warm-up of three steps or a fifth of that time.</summary>
static class Steps
{
    private const int LeastWarmUp = 3;

    public static double SecondsPerStep(Action<int> step, double seconds)
    {
        WarmUp(step, seconds);
        var (count, elapsed) = Repeat(step, seconds, atLeast: 1);
        return elapsed / count;
    }

    /// <summary>What a step allocates on the heap, on all threads together.</summary>
    public static double BytesPerStep(Action<int> step, double seconds)
    {
        WarmUp(step, seconds);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var (count, _) = Repeat(step, seconds, atLeast: 1);
        return (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)count;
    }

    private static void WarmUp(Action<int> step, double seconds) => Repeat(step, seconds / 5, LeastWarmUp);

    private static (int Count, double Elapsed) Repeat(Action<int> step, double seconds, int atLeast)
    {
        var start = Stopwatch.GetTimestamp();
        for (var count = 0; ; step(count++))
        {
            var elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
            if (elapsed >= seconds && count >= atLeast) return (count, elapsed);
        }
    }
}
