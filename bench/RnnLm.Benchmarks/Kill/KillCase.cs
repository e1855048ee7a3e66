namespace RnnLm.Benchmarks.Kill;

/// <summary>How a network is trained that is to be killed: a configuration of which each value decides what is learned.</summary>
sealed record KillCase
{
    public required string Cell { get; init; }

    public required string Optimizer { get; init; }

    public required string Softmax { get; init; }

    public required string Engine { get; init; }

    /// <summary>Whether a row is a line, which the command line does not offer, and not a stream.</summary>
    public required bool Rows { get; init; }

    public required bool Tied { get; init; }

    public required bool Dropout { get; init; }

    public required bool Validation { get; init; }

    public required int Layers { get; init; }

    public required int Threads { get; init; }

    /// <summary>The seed; null where none is given.</summary>
    public required int? Seed { get; init; }

    /// <summary>Whether it is trained by this program, since the command line cannot show it.</summary>
    public bool NeedsChild => Rows || Engine != "managed";

    public int EmbeddingSize => Tied ? HiddenSize : 24;

    public int HiddenSize => 16 * Layers;

    public int BatchSize => 4;

    public int Window => 10;

    public int Epochs => Engine == "managed" ? 3 : 2;

    public double LearningRate => (Optimizer, Cell) switch { ("sgd", "relu") => 0.2, ("sgd", _) => 2, (_, "relu") => 0.0005, _ => 0.005 };

    /// <summary>How likely a state begins anew at a line's end: often where nothing else keeps it from growing without bounds.</summary>
    public double StateReset => Cell == "relu" ? 0.5 : 0.1;

    /// <summary>The values, as the command line takes them.</summary>
    public IEnumerable<string> Flags()
    {
        yield return $"--cell={Cell}";
        yield return $"--optimizer={Optimizer}";
        yield return $"--learning-rate={LearningRate}";
        yield return $"--softmax={Softmax}";
        if (Softmax == "sampled") yield return "--samples=64";
        if (Softmax == "adaptive") yield return "--cutoffs=50,200";
        if (Tied) yield return "--tied";
        yield return $"--dropout={(Dropout ? 0.3 : 0)}";
        yield return $"--layers={Layers}";
        yield return $"--embedding={EmbeddingSize}";
        yield return $"--hidden={HiddenSize}";
        yield return $"--batch={BatchSize}";
        yield return $"--state-reset={StateReset}";
        yield return $"--window={Window}";
        yield return $"--epochs={Epochs}";
        yield return $"--threads={Threads}";
        if (Seed is { } seed) yield return $"--seed={seed}";
    }

    /// <summary>The values, as the library takes them.</summary>
    public TrainingOptions Options()
    {
        var options = new TrainingOptions
        {
            Cell = Enum.Parse<CellKind>(Cell, ignoreCase: true),
            Optimizer = Optimizer switch { "sgd" => new Sgd(), "adam" => new Adam(), _ => new AdamW() },
            Softmax = Softmax switch
            {
                "full" => new FullSoftmax(),
                "sampled" => new SampledSoftmax { Samples = 64 },
                _ => new AdaptiveSoftmax { Cutoffs = [50, 200] },
            },
            Tied = Tied,
            Dropout = Dropout ? 0.3 : 0,
            BatchMode = Rows ? BatchMode.Rows : BatchMode.Streams,
            Layers = Layers,
            EmbeddingSize = EmbeddingSize,
            HiddenSize = HiddenSize,
            BatchSize = BatchSize,
            StateResetProbability = StateReset,
            Window = Window,
            Epochs = Epochs,
            Threads = Threads,
        };
        options.Optimizer.LearningRate = LearningRate;
        if (Seed is { } seed) options.Seed = seed;
        return options;
    }

    public override string ToString() => string.Join(' ', new[]
    {
        Cell, Optimizer, Softmax, Rows ? "rows" : "streams", Engine, $"layers={Layers}", $"threads={Threads}", $"seed={(Seed is { } seed ? $"{seed}" : "none")}",
        Tied ? "tied" : "", Dropout ? "dropout" : "", Validation ? "validation" : "",
    }.Where(text => text.Length > 0));
}
