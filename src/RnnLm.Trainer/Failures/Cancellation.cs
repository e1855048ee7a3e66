namespace RnnLm.Training;

/// <summary>What is told where training was cancelled before anything was learned.</summary>
internal static class Cancellation
{
    public static OperationCanceledException Of(CancellationToken cancellationToken)
        => new("Training was cancelled before anything was learned.", cancellationToken);

    /// <exception cref="OperationCanceledException">It has been cancelled.</exception>
    public static void ThrowIfRequested(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) throw Of(cancellationToken);
    }
}
