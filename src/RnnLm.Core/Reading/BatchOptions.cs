using RnnLm.Faults;

namespace RnnLm;

/// <summary>How many texts are worked on together. None of it changes a result.</summary>
public sealed class BatchOptions
{
    /// <summary>The number of threads; at least 1. No more are used than there is work for.</summary>
    /// <value>Null, the default, means one for each processor.</value>
    public int? Threads { get; set; }

    /// <summary>Ends the work early, with <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken CancellationToken { get; set; }

    /// <summary>Throws where an option is out of range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number of threads is below 1.</exception>
    public void Validate()
    {
        var faults = new OptionFaults();
        faults.RequireAtLeast(nameof(Threads), Threads, 1);
        faults.ThrowIfAny(nameof(BatchOptions));
    }
}
