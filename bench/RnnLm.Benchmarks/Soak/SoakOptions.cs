namespace RnnLm.Benchmarks.Soak;

/// <summary>The options of a soak.</summary>
sealed record SoakOptions
{
    public int Threads { get; private init; } = 64;

    public TimeSpan Duration { get; private init; } = TimeSpan.FromMinutes(60);

    /// <summary>The seed of every thread's choices, together with the thread's number.</summary>
    public int Seed { get; private init; } = 1;

    /// <summary>A model file in place of the largest of the models that are made up; null where there is none.</summary>
    public string? Model { get; private init; }

    /// <summary>Only the activities whose name contains one of these texts; all where there is none.</summary>
    public IReadOnlyList<string> Activities { get; private init; } = [];

    /// <summary>How long it is from one report to the next.</summary>
    public TimeSpan Interval => TimeSpan.FromSeconds(Math.Clamp(Duration.TotalSeconds / 36, 1, 60));

    public bool Selects(Activity activity)
        => Activities.Count == 0 || Activities.Any(text => activity.Name.Contains(text, StringComparison.OrdinalIgnoreCase));

    /// <exception cref="ArgumentException">An option is not known, or lacks its value.</exception>
    public static SoakOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new SoakOptions();
        for (var rest = arguments.ToArray().AsSpan(); !rest.IsEmpty; rest = rest[2..])
        {
            options = rest switch
            {
                ["--threads", var text, ..] when int.TryParse(text, out var threads) && threads > 0 => options with { Threads = threads },
                ["--minutes", var text, ..] when double.TryParse(text, out var minutes) && minutes > 0
                    => options with { Duration = TimeSpan.FromMinutes(minutes) },
                ["--seed", var text, ..] when int.TryParse(text, out var seed) => options with { Seed = seed },
                ["--model", var path, ..] => options with { Model = path },
                ["--activity", var text, ..] => options with { Activities = [.. options.Activities, text] },
                ["--threads", ..] => throw new ArgumentException("--threads takes a whole number above 0."),
                ["--minutes", ..] => throw new ArgumentException("--minutes takes a number above 0."),
                ["--seed", ..] => throw new ArgumentException("--seed takes a whole number."),
                ["--model" or "--activity", ..] => throw new ArgumentException($"{rest[0]} takes a value."),
                _ => throw new ArgumentException($"There is no option {rest[0]}."),
            };
        }
        return options;
    }
}
