namespace RnnLm.AspNetCore;

/// <summary>
/// Lets as many requests work at once as there are processors. A continuation takes a turn after the other, and waits for no client in between, so that neither a long text nor a
/// slow reader keeps the others waiting, and the pool has threads for everything else.
/// </summary>
internal sealed class ProcessorTurns(LanguageModelServerOptions options) : IDisposable
{
    private readonly SemaphoreSlim free = new(options.Processors ?? Environment.ProcessorCount);
    private int waiting;

    /// <summary>How many wait for their turn.</summary>
    public int Waiting => Volatile.Read(ref waiting);

    /// <summary>Works on a thread of the pool when it is its turn.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled, while it waited or by the work itself.</exception>
    public async Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref waiting);
        try
        {
            await free.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
        try
        {
            return await Task.Run(work, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            free.Release();
        }
    }

    public void Dispose() => free.Dispose();
}
