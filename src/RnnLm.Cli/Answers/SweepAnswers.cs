namespace RnnLm.Cli.Answers;

/// <summary>A sweep begins.</summary>
sealed record SweepStartedLine(int Trials, IReadOnlyList<int> Rungs, bool Resumed) : EventLine("started");

/// <summary>A trial begins, or goes on.</summary>
sealed record TrialStartedLine(int Trial, int Rung, IReadOnlyDictionary<string, string> Settings, double? SecondsAllowed) : EventLine("trialStarted");

/// <summary>What came of a trial.</summary>
sealed record SweepTrialLine(
    string Event, int Trial, int? Rung, TrialOutcome? Outcome, double? ValidationPerplexity, double Epochs, double Seconds, string? Fault, bool IsBest,
    IReadOnlyDictionary<string, string> Settings) : EventLine(Event);

/// <summary>The sweep is over.</summary>
sealed record SweepCompletedLine(StopReason StopReason, double Seconds, string? Model, SweepTrialLine? Best, IEnumerable<SweepTrialLine> Trials) : EventLine("completed");
