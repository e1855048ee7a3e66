using RnnLm.Training.Tests.Engines;

namespace RnnLm.Training.Tests.Checkpoints;

public sealed class DifferenceTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();

    public void Dispose() => temporary.Dispose();

    /// <summary>For every name that options are described by, a change of it alone and what else it takes to make that one possible.</summary>
    private static readonly Dictionary<string, Action<TrainingOptions>> Changes = new()
    {
        ["cell"] = options => options.Cell = CellKind.Cifg,
        ["layers"] = options => options.Layers++,
        ["embedding_size"] = options => options.EmbeddingSize++,
        ["hidden_size"] = options => options.HiddenSize++,
        ["projection_size"] = options => options.ProjectionSize = 3,
        ["forget_bias"] = options => options.ForgetBias = 2,
        ["tied"] = options => options.Tied = !options.Tied,
        ["dropout"] = options => options.Dropout += 0.1,
        ["input_dropout"] = options => options.Regularization.InputDropout = null,
        ["hidden_dropout"] = options => options.Regularization.HiddenDropout = 0.25,
        ["output_dropout"] = options => options.Regularization.OutputDropout = 0,
        ["embedding_dropout"] = options => options.Regularization.EmbeddingDropout = 0,
        ["weight_dropout"] = options => options.Regularization.WeightDropout = 0.5,
        ["activation_penalty"] = options => options.Regularization.ActivationPenalty = 0,
        ["temporal_activation_penalty"] = options => options.Regularization.TemporalActivationPenalty *= 2,
        ["softmax"] = options => options.Softmax = new FullSoftmax(),
        ["sample_count"] = options => ((SampledSoftmax)options.Softmax).Samples++,
        ["sampler"] = options => ((SampledSoftmax)options.Softmax).Sampler = SamplerKind.Unigram,
        ["adaptive_cutoffs"] = options => ((AdaptiveSoftmax)options.Softmax).Cutoffs = [9, 16],
        ["adaptive_division_factor"] = options => ((AdaptiveSoftmax)options.Softmax).DivisionFactor++,
        ["optimizer"] = options => options.Optimizer = new AdamW { LearningRate = options.Optimizer.LearningRate },
        ["learning_rate"] = options => options.Optimizer.LearningRate *= 2,
        ["weight_decay"] = options => options.Optimizer.WeightDecay += 0.1,
        ["beta1"] = options => ((Adam)options.Optimizer).Beta1 = 0.8,
        ["beta2"] = options => ((Adam)options.Optimizer).Beta2 = 0.99,
        ["epsilon"] = options => ((Adam)options.Optimizer).Epsilon = 1e-6,
        ["schedule"] = options => options.Schedule = new ConstantSchedule(),
        ["undo"] = options => options.Schedule = new PlateauSchedule { Undo = !((PlateauSchedule)options.Schedule).Undo },
        ["annealing"] = options => ((PlateauSchedule)options.Schedule).Factor = 0.7,
        ["gradient_clip"] = options => options.GradientClip *= 2,
        ["batch_mode"] = options => (options.BatchMode, options.RandomWindow, options.PartialShuffle) = (BatchMode.Rows, false, false),
        ["state_reset_probability"] = options => options.StateResetProbability = 0.9,
        ["batch_size"] = options => options.BatchSize++,
        ["window"] = options => options.Window++,
        ["random_window"] = options => options.RandomWindow = false,
        ["partial_shuffle"] = options => options.PartialShuffle = false,
        ["seed"] = options => options.Seed = 5,
        ["threads"] = options => options.Threads = 2,
    };

    private static readonly HashSet<string> MayChange = ["epochs", "patience", "time_limit"];

    public static TheoryData<string> Softmaxes => ["full", "sampled", "adaptive"];

    [Theory]
    [MemberData(nameof(Softmaxes))]
    public void Every_option_that_decides_what_is_learned_must_be_as_it_was(string softmax)
    {
        TrainingOptions Options()
        {
            var options = Rehearsal.Options(CellKind.Lstm, "adam", softmax, BatchMode.Streams, turn: 14);
            Rehearsal.Regularize(options);
            options.RandomWindow = options.PartialShuffle = true;
            return options;
        }
        Rehearsal.Train(Options(), temporary["run"], cancelAt: happened => happened is TrainingProgressed { Step: 4 });
        var files = Snapshot(temporary["run"]);
        // An adaptive softmax has no matrix to be tied, and a full one is no change of itself.
        var impossible = softmax == "adaptive" ? "tied" : softmax == "full" ? "softmax" : "";
        foreach (var (name, was) in Options().Describe().Where(option => !MayChange.Contains(option.Key) && option.Key != impossible))
        {
            var options = Options();
            Changes[name](options);
            var refused = Assert.Throws<CheckpointException>(() => Rehearsal.Train(options, temporary["run"]));
            Assert.Contains($" {name} was {was} and is {options.Describe().GetValueOrDefault(name, "not set")}.", refused.Message, StringComparison.Ordinal);
            // No text has been read by then.
            options.Checkpoint = new CheckpointOptions { Folder = temporary["run"] };
            Assert.Equal(refused.Message, Assert.Throws<CheckpointException>(new LanguageModelTrainer(options).CheckEngine).Message);
        }
        Assert.Equal(files, Snapshot(temporary["run"]));
    }

    [Fact]
    public void A_schedule_that_spans_the_run_must_be_as_it_was_and_so_must_the_length_of_the_run()
    {
        TrainingOptions Options() => Rehearsal.Options(options => (options.Schedule, options.TimeLimit) = (new OneCycleSchedule { HighestBeta1 = 0.95, LowestBeta1 = 0.85 }, TimeSpan.FromHours(1)));
        Rehearsal.Train(Options(), temporary["run"], cancelAt: happened => happened is TrainingProgressed { Step: 4 });
        var changes = new Dictionary<string, Action<TrainingOptions, OneCycleSchedule>>
        {
            ["schedule"] = (options, _) => options.Schedule = new CosineSchedule(),
            ["warmup"] = (_, schedule) => schedule.Warmup = 0.4,
            ["start_divisor"] = (_, schedule) => schedule.StartDivisor = 10,
            ["final_divisor"] = (_, schedule) => schedule.FinalDivisor = 10,
            ["curve"] = (_, schedule) => schedule.Curve = ScheduleCurve.Linear,
            ["highest_beta1"] = (_, schedule) => schedule.HighestBeta1 = 0.9,
            ["lowest_beta1"] = (_, schedule) => schedule.LowestBeta1 = 0.8,
            ["epochs"] = (options, _) => options.Epochs++,
            ["time_limit"] = (options, _) => options.TimeLimit *= 2,
        };
        foreach (var (name, change) in changes)
        {
            var options = Options();
            change(options, (OneCycleSchedule)options.Schedule);
            var refused = Assert.Throws<CheckpointException>(() => Rehearsal.Train(options, temporary["run"]));
            Assert.Contains($" {name} was {Options().Describe()[name]} and is {options.Describe()[name]}.", refused.Message, StringComparison.Ordinal);
        }
        var patient = Options();
        patient.Patience = 99;
        Rehearsal.Train(patient, temporary["run"]).AssertSameResult(Rehearsal.Train(Options()));
    }

    [Fact]
    public void An_average_must_be_as_it_was()
    {
        TrainingOptions Options(WeightAveraging? averaging) => Rehearsal.Options(options => options.Averaging = averaging);
        Rehearsal.Train(Options(new ExponentialAverage()), temporary["run"], cancelAt: happened => happened is TrainingProgressed { Step: 4 });
        var changes = new Dictionary<string, WeightAveraging?>
        {
            ["averaging was exponential and is triggered"] = new TriggeredAverage(),
            ["averaging was exponential and is not set"] = null,
            ["averaging_interval was 10 and is 1"] = new ExponentialAverage { Interval = 1 },
            ["averaging_decay was 0.999 and is 0.5"] = new ExponentialAverage { Decay = 0.5 },
            ["averaging_start was 0.6666666666666666 and is 0.5"] = new ExponentialAverage { Start = 0.5 },
        };
        foreach (var (told, averaging) in changes)
            Assert.Contains(told, Assert.Throws<CheckpointException>(() => Rehearsal.Train(Options(averaging), temporary["run"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_difference_is_named_at_once()
    {
        Rehearsal.Train(Rehearsal.Options(), temporary["run"]);
        var refused = Assert.Throws<CheckpointException>(() => Rehearsal.Train(Rehearsal.Options(options => (options.HiddenSize, options.Dropout) = (8, 0)), temporary["run"]));
        Assert.Contains("is a checkpoint of another run: hidden_size was 7 and is 8. dropout was 0.3 and is 0. Leave", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["hidden_size", "dropout"], refused.Differences.Select(difference => difference.Name));
    }

    [Fact]
    public void Another_text_vocabulary_tokenizer_or_validation_is_refused()
    {
        var options = Rehearsal.Options();
        Rehearsal.Train(options, temporary["run"]);
        options.Checkpoint = new CheckpointOptions { Folder = temporary["run"] };
        var trainer = new LanguageModelTrainer(options);
        var reversed = Texts.Of([.. Rehearsal.Corpus.Ids.ToArray().Reverse()]);
        var words = new Vocabulary([.. Rehearsal.Vocabulary.SkipLast(1), "another"]);
        string Refused(Func<TrainedModel> train, string name)
        {
            var refused = Assert.Throws<CheckpointException>(train);
            Assert.Equal(name, Assert.Single(refused.Differences).Name);
            return refused.Message;
        }

        Assert.Contains("(SHA-256 ", Refused(() => trainer.Train(Tokenizer.Whitespace, Rehearsal.Vocabulary, reversed, Rehearsal.Validation), "corpus"), StringComparison.Ordinal);
        Refused(() => trainer.Train(Tokenizer.Whitespace, words, Rehearsal.Corpus, Rehearsal.Validation), "vocabulary");
        Refused(() => trainer.Train(Tokenizer.Text(), Rehearsal.Vocabulary, Rehearsal.Corpus, Rehearsal.Validation), "tokenizer");
        Refused(() => trainer.Train(Tokenizer.Whitespace, Rehearsal.Vocabulary, Rehearsal.Corpus, reversed), "validation");
        Assert.Contains("and is not set.", Refused(() => trainer.Train(Tokenizer.Whitespace, Rehearsal.Vocabulary, Rehearsal.Corpus), "validation"), StringComparison.Ordinal);
        trainer.Train(Tokenizer.Whitespace, Rehearsal.Vocabulary, Rehearsal.Corpus, Rehearsal.Validation);
    }

    [Fact]
    public void Another_engine_is_refused()
    {
        Rehearsal.Train(Rehearsal.Options(), temporary["run"]);
        var refused = Assert.Throws<CheckpointException>(() => Rehearsal.Train(Rehearsal.Options(), temporary["run"], engine: new ScriptedEngine()));
        Assert.Contains("engine was managed and is scripted.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Initial_weights_must_be_given_again_and_be_what_they_were()
    {
        var shape = Rehearsal.Options().ShapeFor(Rehearsal.VocabularySize);
        var weights = Cases.Weights(shape, seed: 3);
        var model = new LanguageModel(Tokenizer.Whitespace, Rehearsal.Vocabulary, weights);
        LanguageModelTrainer Trainer(int epochs, string? folder) => new(Rehearsal.Options(options =>
        {
            options.Epochs = epochs;
            options.Checkpoint = folder is null ? null : new CheckpointOptions { Folder = temporary[folder], IntervalWindows = 1 };
        }));
        TrainedModel Train(int epochs, NetworkWeights? initial, string? folder)
            => Trainer(epochs, folder).Train(Tokenizer.Whitespace, Rehearsal.Vocabulary, Rehearsal.Corpus, Rehearsal.Validation, initial);
        TrainedModel GoOn(int epochs, string folder) => Trainer(epochs, folder).Train(model, Rehearsal.Vocabulary, Rehearsal.Corpus, Rehearsal.Validation);
        string Refused(Func<TrainedModel> train)
        {
            var refused = Assert.Throws<CheckpointException>(train);
            Assert.Equal("initial_weights", Assert.Single(refused.Differences).Name);
            return refused.Message;
        }

        Train(1, weights, "weights");
        GoOn(1, "model");
        Train(1, null, "random");
        Assert.Contains("and is not set.", Refused(() => Train(2, null, "weights")), StringComparison.Ordinal);
        Assert.Contains("initial_weights was a model of ", Refused(() => Train(2, null, "model")), StringComparison.Ordinal);
        Assert.Contains("initial_weights was not set and is", Refused(() => Train(2, weights, "random")), StringComparison.Ordinal);
        Refused(() => Train(2, Cases.Weights(shape, seed: 4), "weights"));
        Refused(() => Train(2, weights, "model"));
        Refused(() => GoOn(2, "weights"));
        GoOn(2, "model");
        var (whole, result) = (Train(4, weights, null).Result, Train(4, weights, "weights").Result);
        foreach (var (expected, actual) in whole.Weights.Parameters.Zip(result.Weights.Parameters)) Assert.Equal(expected.Values, actual.Values);
    }

    [Fact]
    public void Seed_and_threads_that_are_not_set_are_those_of_the_checkpoint()
    {
        TrainingOptions Options(bool isSet)
        {
            var options = Rehearsal.Options(options => options.Threads = isSet ? 3 : null);
            if (isSet) options.Seed = 77;
            return options;
        }

        var whole = Rehearsal.Train(Options(isSet: true));
        Rehearsal.Train(Options(isSet: true), temporary["run"], cancelAt: happened => happened is TrainingProgressed { Step: 3 });
        var resumed = Rehearsal.Train(Options(isSet: false), temporary["run"]);
        resumed.AssertGoesOnAs(whole);
        var told = resumed.Events.OfType<TrainingStarted>().Single().Options;
        Assert.Equal(("77", "3"), (told["seed"], told["threads"]));
    }

    [Theory]
    [InlineData("2000000000")]
    [InlineData("0")]
    [InlineData("many")]
    public void A_number_of_threads_that_cannot_be_is_refused(string threads)
    {
        Rehearsal.Train(Rehearsal.Options(), temporary["run"], cancelAt: happened => happened is TrainingProgressed { Step: 3 });
        var found = CheckpointFolder.Latest(temporary["run"])!;
        var values = new CopiedValues();
        using (var reader = new CheckpointReader(found.Path)) reader.CopyAllTo(values);
        var options = found.Options.ToDictionary(option => option.Key, option => option.Key == "threads" ? threads : option.Value);
        CheckpointFile.Write(found.Path, found.Record with { Options = options }, values);
        Assert.Contains(found.Path, Assert.Throws<CheckpointException>(() => Rehearsal.Train(Rehearsal.Options(changed => changed.Threads = null), temporary["run"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_processor_is_told_of()
    {
        Rehearsal.Train(Rehearsal.Options(), temporary["run"], cancelAt: happened => happened is TrainingProgressed { Step: 3 });
        var found = CheckpointFolder.Latest(temporary["run"])!;
        var values = new CopiedValues();
        using (var reader = new CheckpointReader(found.Path)) reader.CopyAllTo(values);
        CheckpointFile.Write(found.Path, found.Record with { Processor = "Z80, registers of 8 bits" }, values);
        var resumed = Rehearsal.Train(Rehearsal.Options(), temporary["run"]);
        Assert.Contains("another processor (Z80, registers of 8 bits) than this one (", resumed.Events.OfType<TrainingResumed>().Single().Differences, StringComparison.Ordinal);
        resumed.AssertSameResult(Rehearsal.Train(Rehearsal.Options()));
    }

    private static Dictionary<string, string> Snapshot(string folder)
        => Directory.GetFiles(folder).ToDictionary(path => path, path => Convert.ToBase64String(File.ReadAllBytes(path)));
}
