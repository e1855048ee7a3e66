namespace RnnLm;

/// <summary>A trial of a sweep: settings, and how far they have led.</summary>
public sealed record SweepTrial
{
    /// <summary>Its number, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>Its settings.</summary>
    public required SweepSettings Settings { get; init; }

    /// <summary>The last rung that it was in, from 0; null where it has not begun.</summary>
    public int? Rung { get; init; }

    /// <summary>What became of it there; null where it has not begun.</summary>
    public TrialOutcome? Outcome { get; init; }

    /// <summary>Its lowest validation perplexity; null where it has none.</summary>
    public double? Perplexity { get; init; }

    /// <summary>How long it was trained, validation included.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>How many epochs it was trained, the one in progress among them by its share.</summary>
    public double Epochs { get; init; }

    /// <summary>Why it diverged, failed or was refused; null where it did not.</summary>
    public string? Fault { get; init; }
}
