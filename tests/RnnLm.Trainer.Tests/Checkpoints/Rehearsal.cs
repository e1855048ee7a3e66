using RnnLm.Training.Tests.Engines;

namespace RnnLm.Training.Tests.Checkpoints;

/// <summary>One training run with all that it told, by a clock that stands still: so that all of it follows from the options.</summary>
/// <param name="Result">What it gave; null where it was cancelled before anything was learned.</param>
/// <param name="Events">What it told.</param>
internal sealed record Rehearsal(TrainingResult? Result, IReadOnlyList<TrainingEvent> Events)
{
    public const int VocabularySize = 30;

    public static readonly Vocabulary Vocabulary = Texts.Vocabulary(VocabularySize);
    public static readonly TokenStream Corpus = Lines(seed: 1, 14);
    public static readonly TokenStream Validation = Lines(seed: 2, 5);

    /// <summary>Options of a run of a few windows an epoch, whose sizes are not multiples of a vector's.</summary>
    public static TrainingOptions Options(Action<TrainingOptions>? change = null)
    {
        var options = new TrainingOptions
        {
            Cell = CellKind.Lstm,
            Layers = 2,
            EmbeddingSize = 5,
            HiddenSize = 7,
            Dropout = 0.3,
            Optimizer = new Adam { LearningRate = 0.02 },
            StateResetProbability = 0.4,
            BatchSize = 3,
            Window = 4,
            Epochs = 3,
            Threads = 1,
            ProgressInterval = TimeSpan.Zero,
        };
        change?.Invoke(options);
        return options;
    }

    /// <summary>Options of one kind of run; what they do not name alternates.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="optimizer">The optimizer.</param>
    /// <param name="softmax">The softmax.</param>
    /// <param name="mode">How the corpus is cut.</param>
    /// <param name="turn">What the other options follow from.</param>
    public static TrainingOptions Options(CellKind cell, string optimizer, string softmax, BatchMode mode, int turn) => Options(options =>
    {
        options.Cell = cell;
        options.Optimizer = Cases.Optimizer(optimizer, weightDecay: turn % 5 == 0 ? 0.001 : 0);
        options.Optimizer.LearningRate = optimizer == "sgd" ? 1 : 0.02;
        options.Softmax = softmax switch
        {
            "full" => new FullSoftmax(),
            "sampled" => new SampledSoftmax { Samples = 6 },
            "unigram" => new SampledSoftmax { Samples = 6, Sampler = SamplerKind.Unigram },
            _ => new AdaptiveSoftmax { Cutoffs = [8, 16], DivisionFactor = 2 },
        };
        options.BatchMode = mode;
        options.Schedule = (turn % 7) switch
        {
            3 when optimizer != "sgd" => new OneCycleSchedule { HighestBeta1 = 0.95, LowestBeta1 = 0.8 },
            3 => new OneCycleSchedule { Curve = ScheduleCurve.Linear },
            4 => new CosineSchedule { Warmup = 0.2 },
            6 => new ConstantSchedule(),
            _ => new PlateauSchedule { Undo = turn % 2 == 1 },
        };
        options.Averaging = (turn % 9) switch
        {
            2 => new ExponentialAverage { Start = 0.4, Interval = 2, Decay = 0.8 },
            7 => new TriggeredAverage { NonmonotoneInterval = 1, Interval = 3 },
            _ => null,
        };
        options.Tied = softmax != "adaptive" && turn % 2 == 0;
        options.Dropout = turn % 3 == 0 ? 0 : 0.3;
        options.StateResetProbability = turn % 4 == 0 ? 0 : 0.4;
        options.Threads = turn % 5 == 2 ? 2 : 1;
        options.Layers = 1 + turn / 2 % 2;
        if (turn % 3 == 1) Regularize(options);
        options.RandomWindow = mode == BatchMode.Streams && turn % 4 == 2;
        options.PartialShuffle = mode == BatchMode.Streams && turn % 3 != 0;
        // One tied layer projects to the embedding's size.
        if (cell is CellKind.Lstm or CellKind.Cifg && turn % 3 > 0) options.ProjectionSize = options.Tied && options.Layers == 1 ? 5 : 4;
    });

    /// <summary>Regularizes in every way that there is.</summary>
    public static void Regularize(TrainingOptions options) => options.Regularization = new Regularization
    {
        InputDropout = 0.3,
        HiddenDropout = 0.2,
        OutputDropout = 0.4,
        EmbeddingDropout = 0.2,
        WeightDropout = 0.4,
        ActivationPenalty = 2,
        TemporalActivationPenalty = 1,
    };

    /// <summary>Every kind of run.</summary>
    public static TheoryData<CellKind, string, string, BatchMode, int> Kinds
    {
        get
        {
            var kinds = from cell in Enum.GetValues<CellKind>()
                        from optimizer in (string[])["sgd", "adam", "adamw"]
                        from softmax in (string[])["full", "sampled", "unigram", "adaptive"]
                        from mode in Enum.GetValues<BatchMode>()
                        select (cell, optimizer, softmax, mode);
            var data = new TheoryData<CellKind, string, string, BatchMode, int>();
            foreach (var (turn, kind) in kinds.Index()) data.Add(kind.cell, kind.optimizer, kind.softmax, kind.mode, turn);
            return data;
        }
    }

    /// <summary>Trains to the end, or until somebody breaks it off.</summary>
    /// <param name="options">The options, which are left as they are.</param>
    /// <param name="folder">The folder of the checkpoints; null where there are none.</param>
    /// <param name="validates">Whether there is a validation text.</param>
    /// <param name="cancelAt">When it is cancelled; null for never.</param>
    /// <param name="act">What else is done when something is told.</param>
    /// <param name="checkpoint">Changes how checkpoints are made; by default after every window.</param>
    /// <param name="time">The clock; null means one that stands still.</param>
    /// <param name="engine">The engine; null means the managed one.</param>
    public static Rehearsal Train(
        TrainingOptions options, string? folder = null, bool validates = true, Predicate<TrainingEvent>? cancelAt = null, Action<TrainingEvent>? act = null,
        Action<CheckpointOptions>? checkpoint = null, TimeProvider? time = null, ITrainingEngine? engine = null)
    {
        using var cancellation = new CancellationTokenSource();
        var listener = new Listener(happened =>
        {
            if (cancelAt?.Invoke(happened) == true) cancellation.Cancel();
            act?.Invoke(happened);
        });
        options = options.Clone();
        options.Progress = listener;
        options.CancellationToken = cancellation.Token;
        if (folder is not null)
        {
            options.Checkpoint = new CheckpointOptions { Folder = folder, IntervalWindows = 1 };
            checkpoint?.Invoke(options.Checkpoint);
        }
        var trainer = new LanguageModelTrainer(options, engine, time ?? new ManualTime());
        try
        {
            var trained = trainer.Train(Tokenizer.Whitespace, Vocabulary, Corpus, validates ? Validation : null);
            return new Rehearsal(trained.Result, listener.Events);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return new Rehearsal(null, listener.Events);
        }
    }

    /// <summary>The windows that were trained.</summary>
    public long Steps => Events.OfType<TrainingProgressed>().Last().Step;

    /// <summary>What was told of training, checkpoints apart.</summary>
    private IEnumerable<TrainingEvent> Told => Events.Where(happened => happened is not (CheckpointWritten or CheckpointFailed or TrainingResumed or TrainingStarted));

    /// <summary>Fails where this run, which went on from a checkpoint, did not go on as one that was never broken off.</summary>
    public void AssertGoesOnAs(Rehearsal whole)
    {
        var resumed = Assert.Single(Events.OfType<TrainingResumed>());
        Assert.Null(resumed.Differences);
        var rest = whole.Told.ToList();
        rest.RemoveRange(0, 1 + rest.FindLastIndex(happened => happened is TrainingProgressed progressed && progressed.Step <= resumed.Step));
        // It may have been broken off between two epochs, the first of which had its result.
        if (rest.Find(happened => happened is EpochCompleted) is EpochCompleted { } next && next.Result.Epoch < resumed.Epoch) rest.RemoveRange(0, 1 + rest.IndexOf(next));
        Assert.Equal(rest.Select(TextOf), Told.Select(TextOf));
        AssertSameResult(whole);
    }

    public void AssertSameResult(Rehearsal whole)
    {
        Assert.Equal(whole.Result!.Epochs, Result!.Epochs);
        Assert.Equal((whole.Result.BestEpoch, whole.Result.StopReason), (Result.BestEpoch, Result.StopReason));
        foreach (var (expected, actual) in whole.Result.Weights.Parameters.Zip(Result.Weights.Parameters))
            Assert.True(expected.Values.AsSpan().SequenceEqual(actual.Values), $"The weights of {expected.Name} differ.");
    }

    // Records tell of all their values; a result is an object of its own.
    private static string TextOf(TrainingEvent happened) => happened switch
    {
        TrainingProgressed progressed => $"{progressed} {progressed.Step} {progressed.TrainingPerplexity:R} {progressed.LearningRate:R} {progressed.Share:R}",
        EpochCompleted completed => $"{completed} {completed.Result.TrainingPerplexity:R} {completed.Result.ValidationPerplexity:R}",
        _ => happened.ToString(),
    };

    private static TokenStream Lines(int seed, int count)
    {
        var random = new Random(seed);
        return Texts.Of([.. Enumerable.Range(0, count).SelectMany(_ => Enumerable.Range(0, random.Next(1, 9)).Select(_ => 2 + (int)(28 * Math.Pow(random.NextDouble(), 2))).Append(1))]);
    }
}
