namespace RnnLm;

/// <summary>What became of a trial in a rung of a sweep.</summary>
public enum TrialOutcome
{
    /// <summary>Its share of time or epochs was over; it can go on.</summary>
    Paused,

    /// <summary>It came to its own end: all epochs, or no more improvement.</summary>
    Completed,

    /// <summary>Its share was over before anything was learned.</summary>
    NothingLearned,

    /// <summary>It diverged.</summary>
    Diverged,

    /// <summary>Its settings do not go together, or not with the engine or the text.</summary>
    Refused,

    /// <summary>The engine failed.</summary>
    Failed,
}
