using RnnLm.Inference;

namespace RnnLm.Tests.Inference;

public sealed class WarmUpTests
{
    [Fact]
    public void What_fails_on_the_other_thread_does_not_end_the_process()
    {
        // Unguarded it would end this one, and with it the run of the tests.
        foreach (var fault in (Exception[])[new FileLoadException("Too many open files."), new OutOfMemoryException(), new TypeInitializationException("Kernels", null)])
        {
            using var reached = new ManualResetEventSlim();
            WarmUp.Queue(() =>
            {
                reached.Set();
                throw fault;
            });
            reached.Wait();
        }
        using var after = new ManualResetEventSlim();
        WarmUp.Queue(after.Set);
        after.Wait();
    }
}
