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
        ["softmax"] = options => options.Softmax = new FullSoftmax(),
        ["sample_count"] = options => ((SampledSoftmax)options.Softmax).Samples++,
        ["sampler"] = options => ((SampledSoftmax)options.Softmax).Sampler = SamplerKind.Unigram,
        ["adaptive_cutoffs"] = options => ((AdaptiveSoftmax)options.Softmax).Cutoffs = [9, 16],
        ["adaptive_division_factor"] = options => ((AdaptiveSoftmax)options.Softmax).DivisionFactor++,
        ["optimizer"] = options => options.Optimizer = new AdamW { LearningRate = options.Optimizer.LearningRate },
        ["learning_rate"] = options => options.Optimizer.LearningRate *= 2,
        ["weight_decay"] = options => options.Optimizer.WeightDecay += 0.1,
        ["annealing"] = options => options.Schedule = new PlateauSchedule { Factor = 0.7 },
        ["gradient_clip"] = options => options.GradientClip *= 2,
        ["batch_mode"] = options => options.BatchMode = BatchMode.Rows,
        ["state_reset_probability"] = options => options.StateResetProbability = 0.9,
        ["batch_size"] = options => options.BatchSize++,
        ["window"] = options => options.Window++,
        ["seed"] = options => options.Seed = 5,
        ["threads"] = options => options.Threads = 2,
    };

    private static readonly HashSet<string> MayChange = ["epochs", "patience", "time_limit"];

    public static TheoryData<string> Softmaxes => ["full", "sampled", "adaptive"];

    [Theory]
    [MemberData(nameof(Softmaxes))]
    public void Every_option_that_decides_what_is_learned_must_be_as_it_was(string softmax)
    {
        TrainingOptions Options() => Rehearsal.Options(CellKind.Lstm, "adam", softmax, BatchMode.Streams, turn: 11);
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
