namespace RnnLm.Benchmarks.Soak;

/// <summary>Cancels at the first progress that it is told of that <paramref name="when"/> agrees to.</summary>
/// <param name="cancellation">What is cancelled.</param>
/// <param name="when">Which progress; null means any.</param>
sealed class CancellingProgress<T>(CancellationTokenSource cancellation, Func<T, bool>? when = null) : IProgress<T>
{
    public void Report(T value)
    {
        if (when?.Invoke(value) != false) cancellation.Cancel();
    }
}
