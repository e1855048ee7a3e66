namespace RnnLm.Benchmarks.Starts;

/// <summary>The options of a measurement of what starting costs.</summary>
sealed record StartOptions
{
    /// <summary>How many times each program is measured.</summary>
    public int Runs { get; private init; } = 20;

    /// <summary>A model file in place of the one that is made up; null where there is none.</summary>
    public string? Model { get; private init; }

    /// <summary>Builds of <c>samples/NativePredict</c>.</summary>
    public IReadOnlyList<string> Native { get; private init; } = [];

    /// <summary>Builds of the command line tool; that beside this program where none is named.</summary>
    public IReadOnlyList<string> RnnLm { get; private init; } = [];

    /// <exception cref="ArgumentException">An option is not known, or lacks its value.</exception>
    public static StartOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new StartOptions();
        for (var rest = arguments.ToArray().AsSpan(); !rest.IsEmpty; rest = rest[2..])
        {
            options = rest switch
            {
                ["--runs", var text, ..] when int.TryParse(text, out var runs) && runs > 0 => options with { Runs = runs },
                ["--model", var path, ..] => options with { Model = path },
                ["--native", var path, ..] => options with { Native = [.. options.Native, path] },
                ["--rnnlm", var path, ..] => options with { RnnLm = [.. options.RnnLm, path] },
                ["--runs", ..] => throw new ArgumentException("--runs takes a whole number above 0."),
                ["--model" or "--native" or "--rnnlm", ..] => throw new ArgumentException($"{rest[0]} takes a value."),
                _ => throw new ArgumentException($"There is no option {rest[0]}."),
            };
        }
        if (options.RnnLm.Count == 0)
            options = options with { RnnLm = [Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "rnnlm.exe" : "rnnlm")] };
        if (options.Native.FirstOrDefault(path => !File.Exists(path)) is { } native)
            throw new ArgumentException($"There is no \"{native}\"; samples/NativePredict/README.md says how it is published.");
        if (options.RnnLm.FirstOrDefault(path => !File.Exists(path)) is { } rnnLm)
            throw new ArgumentException($"There is no \"{rnnLm}\"; name the command line tool with --rnnlm.");
        return options.Model is { } model && !File.Exists(model) ? throw new ArgumentException($"There is no \"{model}\"; --model takes a model file.") : options;
    }
}
