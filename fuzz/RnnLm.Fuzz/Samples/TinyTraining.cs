namespace RnnLm.Fuzz.Samples;

/// <summary>Training runs as short as can be, and their checkpoints.</summary>
internal static class TinyTraining
{
    private static readonly Vocabulary Vocabulary = new(["<unk>", "<eos>", "a", "b", "c", "d"]);
    private static readonly TokenStream Corpus = Words("a b c", "b c d", "a d", "c a b d", "d c");
    private static readonly TokenStream Validation = Words("a b", "c d");

    /// <summary>Options of a run by a name of its kind.</summary>
    public static IEnumerable<(string Name, TrainingOptions Options)> Kinds()
    {
        yield return ("lstm-adam-sampled", Options(options =>
        {
            options.Softmax = new SampledSoftmax { Samples = 2 };
            options.Dropout = 0.3;
            options.StateResetProbability = 0.4;
        }));
        yield return ("gru-sgd-tied", Options(options =>
        {
            options.Cell = CellKind.Gru;
            options.Tied = true;
            options.Optimizer = new Sgd();
            options.BatchMode = BatchMode.Rows;
        }));
        yield return ("cifg-projected", Options(options => (options.Cell, options.HiddenSize, options.ProjectionSize) = (CellKind.Cifg, 3, 1)));
        yield return ("elman-adamw-adaptive", Options(options =>
        {
            options.Cell = CellKind.Elman;
            options.Optimizer = new AdamW();
            options.Softmax = new AdaptiveSoftmax { Cutoffs = [3], DivisionFactor = 2 };
        }));
    }

    /// <summary>Trains, with checkpoints in a folder.</summary>
    /// <param name="options">The options, which are left as they are.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="windows">After how many windows it is broken off; null for never.</param>
    /// <param name="resumption">What is done with checkpoints that there are.</param>
    public static void Run(TrainingOptions options, string folder, int? windows, CheckpointResumption resumption)
    {
        using var cancellation = new CancellationTokenSource();
        options = options.Clone();
        options.CancellationToken = cancellation.Token;
        options.Progress = new Listener(happened =>
        {
            if (happened is TrainingProgressed progressed && progressed.Step >= windows) cancellation.Cancel();
        });
        options.Checkpoint = new CheckpointOptions { Folder = folder, IntervalWindows = 1000, Keep = 1, Resumption = resumption };
        try
        {
            new LanguageModelTrainer(options).Train(Tokenizer.Whitespace, Vocabulary, Corpus, Validation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // It was broken off before it had learned anything.
        }
    }

    /// <summary>The checkpoint of a run that was broken off after a few windows.</summary>
    public static byte[] Checkpoint(TrainingOptions options, int windows)
    {
        var folder = Directory.CreateTempSubdirectory("rnnlm-fuzz-");
        try
        {
            Run(options, folder.FullName, windows, CheckpointResumption.Never);
            return File.ReadAllBytes(folder.GetFiles().MaxBy(file => file.Name, StringComparer.Ordinal)!.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The history of a run.</summary>
    public static byte[] History()
    {
        var path = Path.GetTempFileName();
        try
        {
            new LanguageModelTrainer(Options(options => options.History = path)).Train(Tokenizer.Whitespace, Vocabulary, Corpus, Validation);
            return File.ReadAllBytes(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static TrainingOptions Options(Action<TrainingOptions> change)
    {
        var options = new TrainingOptions
        {
            Layers = 1,
            EmbeddingSize = 2,
            HiddenSize = 2,
            BatchSize = 2,
            Window = 3,
            Epochs = 2,
            Seed = 1,
            Threads = 1,
            Optimizer = new Adam(),
            ProgressInterval = TimeSpan.Zero,
        };
        change(options);
        return options;
    }

    private static TokenStream Words(params string[] lines)
    {
        var stream = new TokenStreamBuilder(Tokenizer.Whitespace);
        foreach (var line in lines) stream.Add(line);
        return stream.Build(Vocabulary);
    }

    private sealed class Listener(Action<TrainingEvent> report) : IProgress<TrainingEvent>
    {
        public void Report(TrainingEvent value) => report(value);
    }
}
