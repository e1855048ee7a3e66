namespace RnnLm.Cli.Answers;

/// <summary>What came of a trial of a tuning.</summary>
sealed record TuningTrialLine(TuningKind Kind, string Settings, double? Perplexity, bool Best, double Seconds) : EventLine("trial");

/// <summary>The model is in its file, with what was found.</summary>
sealed record TunedLine(
    string Model, TuningKind Best, long Words, IReadOnlyDictionary<string, double> Perplexities, string? Cache, string? NGram, string? Dynamic, bool IsComplete, double Seconds)
    : EventLine("saved");
