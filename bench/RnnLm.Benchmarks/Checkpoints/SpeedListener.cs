using System.Diagnostics;

namespace RnnLm.Benchmarks.Checkpoints;

/// <summary>Listens to a training for a while, and then ends it.</summary>
/// <param name="duration">For how long.</param>
/// <param name="wordsInWindow">How many words a window has.</param>
/// <param name="cancellation">Ends the training.</param>
sealed class SpeedListener(TimeSpan duration, int wordsInWindow, CancellationTokenSource cancellation) : IProgress<TrainingEvent>
{
    // The first windows meet code that is not compiled yet and memory that was not touched before, and the first checkpoint is waited for.
    private const int WindowsOfWarmUp = 10;

    private readonly List<CheckpointWritten> checkpoints = [];
    private (long Time, long Step)? first;
    private (long Time, long Step) last;

    public TrainingSpeed Speed => first is { } start && last.Step > start.Step
        ? new TrainingSpeed(
            wordsInWindow * (last.Step - start.Step) / Stopwatch.GetElapsedTime(start.Time, last.Time).TotalSeconds, checkpoints.Count,
            checkpoints.Select(written => written.Paused.TotalMilliseconds).DefaultIfEmpty(0).Average(), checkpoints.LastOrDefault()?.Bytes ?? 0)
        : throw new InvalidOperationException("Training was ended before it could be measured; allow it more seconds.");

    public void Report(TrainingEvent value)
    {
        if (cancellation.IsCancellationRequested) return;
        switch (value)
        {
            case CheckpointWritten written when first is not null:
                checkpoints.Add(written);
                break;
            case CheckpointFailed failed:
                throw new InvalidOperationException($"A checkpoint could not be written: {failed.Fault.Message}", failed.Fault);
            case TrainingProgressed { Step: >= WindowsOfWarmUp } progress:
                last = (Stopwatch.GetTimestamp(), progress.Step);
                first ??= last;
                if (Stopwatch.GetElapsedTime(first.Value.Time) >= duration) cancellation.Cancel();
                break;
        }
    }
}
