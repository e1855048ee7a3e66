namespace RnnLm.Training;

/// <summary>Tells the listener, and survives it.</summary>
internal sealed class ProgressReporter(IProgress<TrainingEvent>? listener, TimeSpan interval)
{
    private IProgress<TrainingEvent>? listener = listener;
    private TimeSpan last;

    /// <summary>What the listener threw.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>Whether it is time for the next event of progress.</summary>
    public bool IsDue(TimeSpan elapsed)
    {
        if (listener is null || elapsed - last < interval) return false;
        last = elapsed;
        return true;
    }

    public void Report(TrainingEvent happened)
    {
        if (listener is null) return;
        try
        {
            listener.Report(happened);
        }
        catch (Exception fault)
        {
            // Hours of training are worth more than a progress bar.
            Fault = fault;
            listener = null;
        }
    }
}
