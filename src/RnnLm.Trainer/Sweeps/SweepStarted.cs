using RnnLm.Wording;

namespace RnnLm;

/// <summary>A sweep begins, or goes on.</summary>
public sealed record SweepStarted : SweepEvent
{
    /// <summary>The trials.</summary>
    public required IReadOnlyList<SweepTrial> Trials { get; init; }

    /// <summary>How many trials each rung has at most, from the first.</summary>
    public required IReadOnlyList<int> Rungs { get; init; }

    /// <summary>The folder's earlier sweep that goes on; null where it begins.</summary>
    public required string? ResumedFrom { get; init; }

    private protected override string Line
        => CountText.Of(Trials.Count, "trial")
            + (Rungs.Count > 1 ? $", of which {string.Join(", then ", Rungs.Skip(1))} {(Rungs.Count == 2 && Rungs[1] == 1 ? "goes" : "go")} on" : "")
            + (ResumedFrom is null ? "." : $"; the sweep of \"{ResumedFrom}\" goes on.");
}
