namespace RnnLm.Persistence;

/// <summary>Something temporary on the disk: it is removed when it is disposed of, and when the process ends before.</summary>
internal sealed class RemovedAtEnd : IDisposable
{
    private readonly Action remove;

    /// <param name="remove">Removes it, or does nothing where it is not there.</param>
    public RemovedAtEnd(Action remove)
    {
        this.remove = remove;
        AppDomain.CurrentDomain.ProcessExit += Remove;
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= Remove;
        Remove(this, EventArgs.Empty);
    }

    private void Remove(object? sender, EventArgs arguments)
    {
        try
        {
            remove();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Why work on it failed, if it did, is what the caller must hear of.
        }
    }
}
