namespace RnnLm.Benchmarks.Comparison;

/// <summary>A case's rounds.</summary>
/// <param name="Case">The case.</param>
/// <param name="Ours">Our figure in every round.</param>
/// <param name="Peer">The peer's; none where ours stands alone.</param>
sealed record ComparisonResult(ComparisonCase Case, IReadOnlyList<double> Ours, IReadOnlyList<double> Peer)
{
    /// <summary>The rows that the case makes: one, or two where there is both a peer and a limit to our own figure.</summary>
    public IEnumerable<ResultRow> Rows()
    {
        var ours = Median(Ours);
        if (Case.Peer is null || Case.Limit is not null) yield return new ResultRow(Case.Name, ours, null, Case.Unit, null, Case.Limit);
        if (Case.Peer is null) yield break;
        var name = Case.Limit is null ? Case.Name : $"{Case.Name}, beside the peer";
        yield return new ResultRow(name, ours, Median(Peer), Case.Unit, Median([.. Ours.Zip(Peer, Ratio)]), Case.Goal);
    }

    private double Ratio(double ours, double peer) => Case.LowerIsBetter ? peer / ours : ours / peer;

    private static double Median(IReadOnlyList<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
