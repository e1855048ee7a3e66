using System.Text.Json;

namespace RnnLm.Benchmarks.Comparison;

/// <summary>A row of the table, or a line of JSON: the median of the rounds' figures, and the median of their ratios.</summary>
/// <param name="Case">What was measured.</param>
/// <param name="Ours">Our figure.</param>
/// <param name="Peer">The peer's, where there is one.</param>
/// <param name="Unit">The unit of both.</param>
/// <param name="Ratio">How many times better ours is than the peer's.</param>
/// <param name="Goal">What the ratio is to reach; where there is no ratio, what our figure is not to exceed.</param>
sealed record ResultRow(string Case, double Ours, double? Peer, string Unit, double? Ratio, double? Goal)
{
    public const string TableHead =
        """
        | case | ours | peer | unit | ratio | goal |
        |---|---:|---:|---|---:|---:|
        """;

    public string ToJson() => JsonSerializer.Serialize(
        this with { Ours = Rounded(Ours), Peer = Peer is { } peer ? Rounded(peer) : null, Ratio = Ratio is { } ratio ? Rounded(ratio) : null },
        JsonSerializerOptions.Web);

    public string ToTableRow()
    {
        var goal = (Goal, Ratio) switch
        {
            (null, _) => "",
            ({ } least, not null) => $"{least:0.0#}",
            ({ } greatest, null) => $"≤ {greatest}",
        };
        return $"| {Case} | {Text(Ours)} | {(Peer is { } peer ? Text(peer) : "")} | {Unit} | {Ratio:0.00} | {goal} |";
    }

    private static string Text(double figure) => Math.Abs(figure) >= 100 ? $"{figure:N0}" : $"{Rounded(figure):0.###}";

    // Four significant digits are more than any of these figures deserves.
    private static double Rounded(double figure) => double.Parse($"{figure:G4}");
}
