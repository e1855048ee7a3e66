namespace RnnLm.Cli.Flags;

/// <summary>What a sweep searches where no flag has a list or a range: a row for each flag.</summary>
static class SearchSpace
{
    private const string Optimizer = "--optimizer";

    /// <summary>The rows: the flag, its values as they would be written, and the case of a choice that it goes with.</summary>
    public static IReadOnlyList<(string Flag, string Values, string? Choice, string[] Cases)> Usual { get; } =
    [
        ("--learning-rate", "0.0005..0.02", Optimizer, ["adam", "adamw"]),
        ("--learning-rate", "2..40", Optimizer, ["sgd"]),
        ("--dropout", "0..0.6", null, []),
        ("--clip", "0.1..5", null, []),
        ("--embedding", "100..400", null, []),
        ("--hidden", "100..400", null, []),
        ("--tied", "on,off", null, []),
        ("--batch", "8..64", null, []),
    ];

    /// <summary>What has to go with the size of a projection, where there is one, by a preset or a flag: it is not searched then.</summary>
    public static IReadOnlyList<string> FixedByProjection { get; } = ["--embedding", "--hidden"];
}
