namespace RnnLm.Tests;

/// <summary>What code allocates on the thread that runs it.</summary>
internal static class Allocations
{
    private const int Measurements = 5;

    /// <summary>
    /// The bytes that an action allocates each time: the least of several measurements. A single one may be too great by what was left of the
    /// thread's room on the heap (up to 8 KiB), since that counts as allocated when a garbage collection, which any other test may cause, begins.
    /// </summary>
    public static long Of(Action action)
    {
        var least = long.MaxValue;
        for (var measurement = 0; measurement < Measurements && least > 0; measurement++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            action();
            least = Math.Min(least, Math.Max(0, GC.GetAllocatedBytesForCurrentThread() - before));
        }
        return least;
    }

    /// <summary>Fails where an action allocates each time that it runs.</summary>
    public static void AssertNone(Action action) => Assert.Equal(0, Of(action));
}
