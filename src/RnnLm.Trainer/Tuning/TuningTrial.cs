namespace RnnLm;

/// <summary>Settings that were tried on the words of a validation text.</summary>
/// <param name="Kind">What was tried.</param>
/// <param name="Settings">The settings, for people to read; empty where there are none.</param>
/// <param name="Perplexity">The perplexity as one stream; null where the trial was given up, since others had done better by then or its weights had grown beyond all bounds.</param>
/// <param name="IsBest">Whether nothing of its kind had done better.</param>
/// <param name="Elapsed">The time since tuning began.</param>
public sealed record TuningTrial(TuningKind Kind, string Settings, double? Perplexity, bool IsBest, TimeSpan Elapsed);
