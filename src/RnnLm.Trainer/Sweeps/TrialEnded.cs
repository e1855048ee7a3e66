using RnnLm.Scoring;
using RnnLm.Wording;

namespace RnnLm;

/// <summary>A trial's share in a rung is over.</summary>
public sealed record TrialEnded : SweepEvent
{
    /// <summary>The trial as it is now.</summary>
    public required SweepTrial Trial { get; init; }

    /// <summary>Its model where that is the best of all until now; null where it is not.</summary>
    public required LanguageModel? BestModel { get; init; }

    private protected override string Line
        => Invariant($"Trial {Trial.Number}, rung {Trial.Rung + 1}: ")
            + (Trial.Perplexity is { } perplexity ? $"validation perplexity {PerplexityText.Of(perplexity)}{(BestModel is null ? "" : " (best)")}, " : "")
            + Trial.Outcome switch
            {
                TrialOutcome.Paused => "paused",
                TrialOutcome.Completed => "completed",
                TrialOutcome.NothingLearned => "nothing learned yet",
                TrialOutcome.Diverged => "diverged",
                TrialOutcome.Refused => $"refused: {Trial.Fault}",
                TrialOutcome.Failed => $"failed: {Trial.Fault}",
                _ => "broken off",
            }
            + Invariant($", {TimeText.Of(Trial.Elapsed)}{(Trial.Settings.Count == 0 ? "" : $": {Trial.Settings}")}.");
}
