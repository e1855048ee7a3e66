namespace RnnLm.Benchmarks.Comparison;

/// <summary>The options of a comparison.</summary>
sealed record ComparisonOptions
{
    /// <summary>The main cases only, in fewer rounds.</summary>
    public bool Quick { get; private init; }

    /// <summary>JSON in place of a table.</summary>
    public bool Json { get; private init; }

    /// <summary>Only the cases whose name contains one of these texts; all where there is none.</summary>
    public IReadOnlyList<string> Cases { get; private init; } = [];

    /// <summary>The published <c>rnnlm</c>; without it there are no cold starts to measure.</summary>
    public string? CommandLine { get; private init; }

    private double? ChosenSeconds { get; init; }

    private int? ChosenRounds { get; init; }

    /// <summary>How long a main case is measured on each side in a round.</summary>
    public double Seconds => ChosenSeconds ?? (Quick ? 1.5 : 3);

    public int Rounds => ChosenRounds ?? (Quick ? 3 : 5);

    public bool Selects(ComparisonCase comparison)
        => (comparison.IsMain || !Quick) && (Cases.Count == 0 || Cases.Any(text => comparison.Name.Contains(text, StringComparison.OrdinalIgnoreCase)));

    /// <exception cref="ArgumentException">An option is not known, or lacks its value.</exception>
    public static ComparisonOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new ComparisonOptions();
        for (var rest = arguments.ToArray().AsSpan(); !rest.IsEmpty;)
        {
            (options, var used) = rest switch
            {
                ["--quick", ..] => (options with { Quick = true }, 1),
                ["--json", ..] => (options with { Json = true }, 1),
                ["--case", var text, ..] => (options with { Cases = [.. options.Cases, text] }, 2),
                ["--seconds", var text, ..] when double.TryParse(text, out var seconds) && seconds > 0 => (options with { ChosenSeconds = seconds }, 2),
                ["--rounds", var text, ..] when int.TryParse(text, out var rounds) && rounds > 0 => (options with { ChosenRounds = rounds }, 2),
                ["--rnnlm", var path, ..] when File.Exists(path) => (options with { CommandLine = path }, 2),
                ["--seconds", ..] => throw new ArgumentException("--seconds takes a number above 0."),
                ["--rounds", ..] => throw new ArgumentException("--rounds takes a whole number above 0."),
                ["--rnnlm", var path, ..] => throw new ArgumentException($"There is no \"{path}\"; --rnnlm takes the path of a published rnnlm."),
                ["--case" or "--rnnlm", ..] => throw new ArgumentException($"{rest[0]} takes a value."),
                _ => throw new ArgumentException($"There is no option {rest[0]}."),
            };
            rest = rest[used..];
        }
        return options;
    }
}
