namespace RnnLm;

/// <summary>
/// The history could not be written. Training goes on, and what was to be written is tried again with the next line; it is told once until that has succeeded.
/// </summary>
public sealed record HistoryFailed : TrainingEvent
{
    /// <summary>The history's file.</summary>
    public required string Path { get; init; }

    /// <summary>Why it could not be written.</summary>
    public required Exception Fault { get; init; }

    private protected override string Line => $"The history cannot be written: {Fault.Message} Training goes on.";
}
