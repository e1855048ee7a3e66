namespace RnnLm.Benchmarks.Kill;

/// <summary>The options of a run of killed trainings.</summary>
sealed record KillOptions
{
    public int Runs { get; private init; } = 200;

    /// <summary>The seed of every choice.</summary>
    public int Seed { get; private init; } = 1;

    /// <summary>A text whose beginning is learned; null where one is made up.</summary>
    public string? Text { get; private init; }

    /// <summary>The command line tool; that beside this program where it is not named.</summary>
    public string RnnLm { get; private init; } = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "rnnlm.exe" : "rnnlm");

    /// <summary>Only the configurations whose description contains all of these texts; all where there is none.</summary>
    public IReadOnlyList<string> Cases { get; private init; } = [];

    public bool Selects(KillCase killed) => Cases.All(text => killed.ToString().Contains(text, StringComparison.OrdinalIgnoreCase));

    /// <exception cref="ArgumentException">An option is not known, or lacks its value.</exception>
    public static KillOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new KillOptions();
        for (var rest = arguments.ToArray().AsSpan(); !rest.IsEmpty; rest = rest[2..])
        {
            options = rest switch
            {
                ["--runs", var text, ..] when int.TryParse(text, out var runs) && runs > 0 => options with { Runs = runs },
                ["--seed", var text, ..] when int.TryParse(text, out var seed) => options with { Seed = seed },
                ["--text", var path, ..] => options with { Text = path },
                ["--rnnlm", var path, ..] => options with { RnnLm = path },
                ["--case", var text, ..] => options with { Cases = [.. options.Cases, text] },
                ["--runs", ..] => throw new ArgumentException("--runs takes a whole number above 0."),
                ["--seed", ..] => throw new ArgumentException("--seed takes a whole number."),
                ["--text" or "--rnnlm" or "--case", ..] => throw new ArgumentException($"{rest[0]} takes a value."),
                _ => throw new ArgumentException($"There is no option {rest[0]}."),
            };
        }
        if (!File.Exists(options.RnnLm)) throw new ArgumentException($"There is no \"{options.RnnLm}\"; name the command line tool with --rnnlm.");
        return options;
    }
}
