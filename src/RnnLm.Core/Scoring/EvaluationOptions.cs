using RnnLm.Faults;

namespace RnnLm;

/// <summary>How an evaluation is run. None of it changes a figure.</summary>
public sealed class EvaluationOptions
{
    /// <summary>The number of threads; at least 1.</summary>
    /// <value>Null, the default, means one for each processor.</value>
    public int? Threads { get; set; }

    /// <summary>Who is told which share of the words is done, from 0 to 1; called on the caller's thread.</summary>
    /// <value>Null, the default, tells nobody.</value>
    public IProgress<double>? Progress { get; set; }

    /// <summary>Ends the evaluation early, with <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken CancellationToken { get; set; }

    /// <summary>Throws where an option is out of range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number of threads is below 1.</exception>
    public void Validate()
    {
        var faults = new OptionFaults();
        faults.RequireAtLeast(nameof(Threads), Threads, 1);
        faults.ThrowIfAny(nameof(EvaluationOptions));
    }
}
