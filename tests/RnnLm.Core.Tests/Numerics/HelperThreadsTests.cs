using RnnLm.Numerics;

namespace RnnLm.Tests.Numerics;

public unsafe class HelperThreadsTests
{
    private struct Counts
    {
        public fixed int OfPart[16];
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Every_part_runs_once_for_each_of_many_callers(int callers)
    {
        var faults = 0;
        var threads = Enumerable.Range(0, callers).Select(caller => new Thread(() =>
        {
            for (var run = 0; run < 3000; run++)
            {
                // Memory of its own in every run: a part that came late would be counted in the next, or not at all.
                var counts = default(Counts);
                var parts = 1 + ((run + caller) % 16);
                HelperThreads.Run(parts, &CountPart, &counts);
                for (var part = 0; part < 16; part++) if (counts.OfPart[part] != (part < parts ? 1 : 0)) Interlocked.Increment(ref faults);
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Assert.Equal(0, faults);
    }

    [Fact]
    public void Helpers_that_have_gone_to_sleep_come_to_a_later_run()
    {
        if (Environment.ProcessorCount == 1) return;
        Thread.Sleep(50);
        var threads = stackalloc int[2];
        for (var run = 0; run < 10_000 && threads[0] == threads[1]; run++) HelperThreads.Run(2, &NoteThread, threads);
        Assert.NotEqual(threads[0], threads[1]);
    }

    private static void CountPart(void* counts, int part) => Interlocked.Increment(ref ((Counts*)counts)->OfPart[part]);

    private static void NoteThread(void* threads, int part)
    {
        ((int*)threads)[part] = Environment.CurrentManagedThreadId;
        Thread.Sleep(1); // so that whoever comes finds a part left
    }
}
