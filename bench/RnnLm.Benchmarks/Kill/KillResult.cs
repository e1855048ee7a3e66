using System.Text.RegularExpressions;

namespace RnnLm.Benchmarks.Kill;

/// <summary>What came of a training that was killed and gone on with until it ended.</summary>
/// <param name="Case">The configuration.</param>
/// <param name="Kills">When it was killed, and how that was meant.</param>
/// <param name="ResumedFrom">The step that each part after a kill began from, or that it was the start.</param>
/// <param name="Faults">What was wrong, as sentences; none where the end is that of the training that nobody killed.</param>
sealed partial record KillResult(
    KillCase Case, IReadOnlyList<(KillMoment Moment, TimeSpan Time)> Kills, IReadOnlyList<string> ResumedFrom, IReadOnlyList<string> Faults)
{
    /// <summary>A moment, for people to read.</summary>
    public static string Name(KillMoment moment) => Words().Replace(moment.ToString(), match => (match.Index == 0 ? "" : " ") + match.Value.ToLowerInvariant());

    public bool IsRight => Faults.Count == 0;

    public override string ToString()
    {
        var kills = Kills.Select(kill => FormattableString.Invariant($"{Name(kill.Moment)}, after {kill.Time.TotalMilliseconds:F0} ms"));
        var killed = Kills.Count == 0 ? "ended before it was killed" : $"killed {string.Join("; ", kills)}; resumed from {string.Join(", ", ResumedFrom)}";
        return $"{Case}; {killed}; {(IsRight ? "equal" : "DIFFERENT")}";
    }

    [GeneratedRegex("[A-Z]")]
    private static partial Regex Words();
}
