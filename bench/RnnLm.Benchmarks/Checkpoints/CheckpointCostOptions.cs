namespace RnnLm.Benchmarks.Checkpoints;

/// <summary>The options of a measurement of what checkpoints cost.</summary>
sealed record CheckpointCostOptions
{
    /// <summary>How many times one training without checkpoints and one with them are measured.</summary>
    public int Pairs { get; private init; } = 5;

    /// <summary>How long each is measured.</summary>
    public TimeSpan Duration { get; private init; } = TimeSpan.FromSeconds(40);

    /// <summary>How long it is from one checkpoint to the next.</summary>
    public TimeSpan Interval { get; private init; } = TimeSpan.FromSeconds(10);

    /// <summary>Where checkpoints are written, which decides the disk; a temporary folder where it is not named.</summary>
    public string Folder { get; private init; } = Path.GetTempPath();

    /// <exception cref="ArgumentException">An option is not known, or lacks its value.</exception>
    public static CheckpointCostOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new CheckpointCostOptions();
        for (var rest = arguments.ToArray().AsSpan(); !rest.IsEmpty; rest = rest[2..])
        {
            options = rest switch
            {
                ["--pairs", var text, ..] when int.TryParse(text, out var pairs) && pairs > 0 => options with { Pairs = pairs },
                ["--seconds", var text, ..] when double.TryParse(text, out var seconds) && seconds > 0 => options with { Duration = TimeSpan.FromSeconds(seconds) },
                ["--interval", var text, ..] when double.TryParse(text, out var seconds) && seconds > 0 => options with { Interval = TimeSpan.FromSeconds(seconds) },
                ["--folder", var path, ..] => options with { Folder = path },
                ["--pairs", ..] => throw new ArgumentException("--pairs takes a whole number above 0."),
                ["--seconds" or "--interval", ..] => throw new ArgumentException($"{rest[0]} takes a number of seconds above 0."),
                ["--folder", ..] => throw new ArgumentException("--folder takes a value."),
                _ => throw new ArgumentException($"There is no option {rest[0]}."),
            };
        }
        return options;
    }
}
