namespace RnnLm.Benchmarks.Serve;

/// <summary>The options of a load.</summary>
sealed record ServeOptions
{
    public int Clients { get; private init; } = 64;

    public TimeSpan Duration { get; private init; } = TimeSpan.FromMinutes(10);

    /// <summary>The seed of every client's choices, together with the client's number.</summary>
    public int Seed { get; private init; } = 1;

    /// <summary>A model file in place of the one that is made up; null where there is none.</summary>
    public string? Model { get; private init; }

    /// <summary>The command line tool.</summary>
    public string RnnLm { get; private init; } = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "rnnlm.exe" : "rnnlm");

    /// <summary>When memory is looked at: after a tenth of the time, and at its end.</summary>
    public TimeSpan WarmUp => Duration / 10;

    /// <exception cref="ArgumentException">An option is not known, or lacks its value.</exception>
    public static ServeOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new ServeOptions();
        for (var rest = arguments.ToArray().AsSpan(); !rest.IsEmpty; rest = rest[2..])
        {
            options = rest switch
            {
                ["--clients", var text, ..] when int.TryParse(text, out var clients) && clients > 0 => options with { Clients = clients },
                ["--minutes", var text, ..] when double.TryParse(text, out var minutes) && minutes > 0 => options with { Duration = TimeSpan.FromMinutes(minutes) },
                ["--seed", var text, ..] when int.TryParse(text, out var seed) => options with { Seed = seed },
                ["--model", var path, ..] => options with { Model = path },
                ["--rnnlm", var path, ..] => options with { RnnLm = path },
                ["--clients", ..] => throw new ArgumentException("--clients takes a whole number above 0."),
                ["--minutes", ..] => throw new ArgumentException("--minutes takes a number above 0."),
                ["--seed", ..] => throw new ArgumentException("--seed takes a whole number."),
                ["--model" or "--rnnlm", ..] => throw new ArgumentException($"{rest[0]} takes a value."),
                _ => throw new ArgumentException($"There is no option {rest[0]}."),
            };
        }
        return File.Exists(options.RnnLm) ? options : throw new ArgumentException($"There is no \"{options.RnnLm}\"; name the command line tool with --rnnlm.");
    }
}
