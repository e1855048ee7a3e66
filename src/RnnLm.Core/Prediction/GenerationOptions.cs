using RnnLm.Faults;

namespace RnnLm;

/// <summary>How a text is continued.</summary>
public sealed class GenerationOptions
{
    /// <summary>The greatest number of words; at least 0.</summary>
    /// <value>The default is 50.</value>
    public int MaximumWords { get; set; } = 50;

    /// <summary>Whether the continuation ends with the line. Where it does not, line follows line until <see cref="MaximumWords"/> is reached.</summary>
    /// <value>The default is true.</value>
    public bool StopAtEndOfLine { get; set; } = true;

    /// <summary>The words that are never chosen. Without <see cref="SpecialWords.EndOfLine"/> among the choices a line has no end.</summary>
    /// <value>The default is <see cref="SpecialWords.Unknown"/>.</value>
    public SpecialWords Exclude { get; set; } = SpecialWords.Unknown;

    /// <summary>How each word is drawn.</summary>
    /// <value>Null, the default, takes the most probable word each time.</value>
    public SamplingOptions? Sampling { get; set; }

    /// <summary>Ends the continuation early, before its next word, with <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken CancellationToken { get; set; }

    /// <summary>Throws where an option is out of range, naming every fault.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One or more options are out of range.</exception>
    public void Validate()
    {
        var faults = new OptionFaults();
        faults.RequireAtLeast(nameof(MaximumWords), MaximumWords, 0);
        Sampling?.AddFaults(faults);
        faults.ThrowIfAny(nameof(GenerationOptions));
    }
}
