namespace RnnLm.Tests;

/// <summary>What code allocates on the thread that runs it.</summary>
internal static class Allocations
{
    /// <summary>
    /// Fails where an action allocates. It is run again where a garbage collection, which any other test may cause, came in between: what was
    /// left of the thread's room on the heap then counts as allocated.
    /// </summary>
    public static void AssertNone(Action action)
    {
        long allocated;
        int collections;
        do
        {
            collections = GC.CollectionCount(0);
            var before = GC.GetAllocatedBytesForCurrentThread();
            action();
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }
        while (allocated != 0 && GC.CollectionCount(0) != collections);
        Assert.Equal(0, allocated);
    }
}
