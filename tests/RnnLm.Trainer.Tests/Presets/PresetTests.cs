using RnnLm.Training.Tests.Checkpoints;

namespace RnnLm.Training.Tests;

public sealed class PresetTests : IDisposable
{
    private static readonly Vocabulary Words = Texts.Vocabulary(60);
    private static readonly TokenStream Corpus = Texts.Of([.. Enumerable.Range(0, 24_000).Select(place => place % 8 == 7 ? Vocabulary.EndOfLineId : 2 + (place * 7 + place / 11) % 58)]);

    private readonly TemporaryFolder temporary = new();

    public void Dispose() => temporary.Dispose();

    public static TheoryData<TrainingPreset> All => [.. Enum.GetValues<TrainingPreset>()];

    public static TheoryData<TrainingPreset> Full => [TrainingPreset.Small, TrainingPreset.Medium, TrainingPreset.Large, TrainingPreset.Mobile];

    [Theory]
    [MemberData(nameof(All))]
    public void Its_options_are_valid_whatever_the_corpus_and_the_time(TrainingPreset preset)
    {
        var options = new TrainingOptions { Preset = preset };
        options.Validate();
        long[] sizes = [1, 19_999, 20_000, 300_000, 2_000_000, 1_000_000_000];
        foreach (var words in sizes)
        {
            foreach (var vocabulary in (int[])[3, 5_999, 6_000, 500_000])
            {
                foreach (var limit in (TimeSpan?[])[null, TimeSpan.FromTicks(1), TimeSpan.FromMinutes(10), TimeSpan.FromDays(9)])
                    options.SettledFor(new PresetBasis(words, vocabulary, limit, Speed: 1e11)).Validate();
            }
        }
    }

    [Theory]
    [MemberData(nameof(Full))]
    public void What_somebody_sets_stays_whether_before_the_preset_or_after_it(TrainingPreset preset)
    {
        static void Set(TrainingOptions options)
        {
            (options.Layers, options.EmbeddingSize, options.HiddenSize, options.Tied, options.Dropout) = (3, 11, 13, false, 0.125);
            (options.BatchSize, options.Window, options.Epochs, options.Patience, options.GradientClip) = (7, 9, 5, 4, 3);
            (options.RandomWindow, options.PartialShuffle, options.StateResetProbability, options.Averaging) = (false, false, 0.5, null);
            options.Optimizer.LearningRate = 0.0625;
            options.Regularization.WeightDropout = 0.0625;
            options.Softmax = new SampledSoftmax { Samples = 17 };
        }
        var before = new TrainingOptions();
        Set(before);
        before.Preset = preset;
        var after = new TrainingOptions { Preset = preset };
        Set(after);
        foreach (var options in (TrainingOptions[])[before, after, before.Clone(), after.SettledFor(new PresetBasis(1_000_000, 10_000)), before.SettledFor(new PresetBasis(1_000_000, 10_000))])
        {
            Assert.Equal((3, 11, 13, false, 0.125), (options.Layers, options.EmbeddingSize, options.HiddenSize, options.Tied, options.Dropout));
            Assert.Equal((7, 9, 5, 4, 3.0), (options.BatchSize, options.Window, options.Epochs, options.Patience, options.GradientClip));
            Assert.Equal((false, false, 0.5, null), (options.RandomWindow, options.PartialShuffle, options.StateResetProbability, options.Averaging));
            Assert.Equal((0.0625, 0.0625, 17), (options.Optimizer.LearningRate, options.Regularization.WeightDropout, ((SampledSoftmax)options.Softmax).Samples));
            // What nobody has set of them is the preset's.
            Assert.IsType<Adam>(options.Optimizer);
            Assert.IsType(preset is TrainingPreset.Small or TrainingPreset.Mobile ? typeof(ConstantSchedule) : typeof(OneCycleSchedule), options.Schedule);
        }
    }

    [Fact]
    public void Its_average_of_weights_belongs_to_its_learning_rate()
    {
        var settled = Settled(_ => { });
        Assert.IsType<ConstantSchedule>(settled.Schedule);
        Assert.IsType<ExponentialAverage>(settled.Averaging);
        Assert.IsType<ExponentialAverage>(Settled(options => options.Optimizer.LearningRate = 0.001).Averaging);
        Assert.Null(Settled(options => options.Schedule = new PlateauSchedule()).Averaging);
        Assert.Null(Settled(options => options.Optimizer = new Sgd()).Averaging);
        Assert.IsType<TriggeredAverage>(Settled(options => (options.Schedule, options.Averaging) = (new PlateauSchedule(), new TriggeredAverage())).Averaging);

        static TrainingOptions Settled(Action<TrainingOptions> set)
        {
            var options = new TrainingOptions { Preset = TrainingPreset.Small };
            set(options);
            return options.SettledFor(new PresetBasis(100_000, 10_000));
        }
    }

    [Theory]
    [InlineData(TrainingPreset.Small, 100_000, 5e-5)]
    [InlineData(TrainingPreset.Medium, 250_000, 2e-5)]
    [InlineData(TrainingPreset.Mobile, 10_000_000, 5e-7)]
    [InlineData(TrainingPreset.Large, 1_000, 1e-4)]
    public void The_penalty_of_a_word_is_the_less_the_more_words_there_are(TrainingPreset preset, long words, double penalty)
    {
        var settled = new TrainingOptions { Preset = preset }.SettledFor(new PresetBasis(words, 5_000));
        Assert.Equal(penalty, Assert.IsType<Adam>(settled.Optimizer).WeightDecay, 1e-12);
    }

    [Theory]
    [InlineData(TrainingPreset.Small, 250_000, 2)]
    [InlineData(TrainingPreset.Small, 250_001, 0)]
    [InlineData(TrainingPreset.Mobile, 250_000, 2)]
    [InlineData(TrainingPreset.Mobile, 250_001, 0)]
    [InlineData(TrainingPreset.Medium, 9_000_000, 2)]
    [InlineData(TrainingPreset.Large, 9_000_000, 2)]
    [InlineData(TrainingPreset.Auto, 20_000, 2)]
    [InlineData(TrainingPreset.Plain, 20_000, 0)]
    public void Small_networks_have_an_activation_penalty_where_there_is_little_text_and_large_ones_always(TrainingPreset preset, long words, double penalty)
    {
        var settled = new TrainingOptions { Preset = preset }.SettledFor(new PresetBasis(words, 10_000));
        Assert.Equal((penalty, 0), (settled.Regularization.ActivationPenalty, settled.Regularization.EmbeddingDropout));
    }

    [Fact]
    public void A_copy_is_changed_by_itself()
    {
        var options = new TrainingOptions { Preset = TrainingPreset.Medium };
        var copy = options.Clone();
        copy.Regularization.WeightDropout = 0.9;
        copy.Optimizer.LearningRate = 9;
        copy.Preset = TrainingPreset.Plain;
        Assert.NotEqual(0.9, options.Regularization.WeightDropout);
        Assert.Equal(new TrainingOptions { Preset = TrainingPreset.Medium }.Describe(), options.Describe());
    }

    [Theory]
    [InlineData(19_999, 200, 2, 20)]
    [InlineData(100_000, 300, 1, null)]
    [InlineData(2_000_000, 400, null, null)]
    public void Automatic_is_what_the_corpus_is_worth(long words, int hidden, int? layers, int? epochs)
    {
        var options = new TrainingOptions().SettledFor(new PresetBasis(words, 8_000));
        Assert.Equal(hidden, options.HiddenSize);
        if (layers is not null) Assert.Equal(layers, options.Layers);
        if (epochs is not null) Assert.Equal(epochs, options.Epochs);
    }

    [Theory]
    [InlineData(1e9)]
    [InlineData(1e11)]
    [InlineData(1e13)]
    public void A_time_limit_ends_a_run_and_no_estimate_of_what_it_is_enough_for(double speed)
    {
        foreach (var words in new[] { 100_000, 500_000, 2_000_000 })
        {
            var options = new TrainingOptions { TimeLimit = TimeSpan.FromMinutes(30) }.SettledFor(new PresetBasis(words, 30_000, TimeSpan.FromMinutes(30), speed));
            var preset = new[] { TrainingPreset.Small, TrainingPreset.Medium, TrainingPreset.Large }.Single(size => Presets.NominalOf(size).HiddenSize == options.HiddenSize);
            Assert.Equal(Presets.NominalOf(preset).Epochs, options.Epochs);
        }
    }

    [Fact]
    public void More_time_never_gives_a_smaller_network_and_less_work()
    {
        var before = 0.0;
        for (var seconds = 1; seconds < 1_000_000; seconds *= 3)
        {
            var options = new TrainingOptions().SettledFor(new PresetBasis(2_000_000, 30_000, TimeSpan.FromSeconds(seconds), Speed: 1e11));
            var work = (double)options.Epochs * options.ShapeFor(30_000).ParameterCount;
            Assert.True(work >= before, $"{seconds} s");
            before = work;
        }
        Assert.Equal(800, new TrainingOptions().SettledFor(new PresetBasis(2_000_000, 30_000, TimeSpan.FromDays(1), Speed: 1e11)).HiddenSize);
    }

    [Fact]
    public void Where_words_are_many_the_softmax_is_sampled_and_where_the_engine_cannot_it_is_full()
    {
        var options = new TrainingOptions { Preset = TrainingPreset.Small };
        Assert.IsType<FullSoftmax>(options.SettledFor(new PresetBasis(100_000, 5_999)).Softmax);
        Assert.IsType<SampledSoftmax>(options.SettledFor(new PresetBasis(100_000, 6_000)).Softmax);
        Assert.IsType<FullSoftmax>(options.SettledFor(new PresetBasis(100_000, 6_000, IsPortable: true)).Softmax);
        options.Softmax = new AdaptiveSoftmax();
        Assert.IsType<AdaptiveSoftmax>(options.SettledFor(new PresetBasis(100_000, 6_000)).Softmax);
        Assert.False(options.SettledFor(new PresetBasis(100_000, 6_000)).Tied);
    }

    [Fact]
    public void What_is_set_to_what_it_is_anyway_is_set()
    {
        var options = new TrainingOptions();
        options.Optimizer.LearningRate = options.Optimizer.LearningRate;
        options.Regularization.WeightDropout = options.Regularization.WeightDropout;
        options.Layers = options.Layers;
        foreach (var preset in Enum.GetValues<TrainingPreset>())
        {
            options.Preset = preset;
            foreach (var each in (TrainingOptions[])[options, options.SettledFor(new PresetBasis(1_000_000, 10_000)), options.Clone().SettledFor(new PresetBasis(1_000_000, 10_000))])
                Assert.Equal((0.002, 0.0, 2), (each.Optimizer.LearningRate, each.Regularization.WeightDropout, each.Layers));
        }
        Assert.Equal(new TrainingOptions { Preset = TrainingPreset.Small }.Optimizer.LearningRate, new TrainingOptions { Preset = TrainingPreset.Small }.SettledFor(new PresetBasis(1_000_000, 10_000)).Optimizer.LearningRate);
        Assert.NotEqual(0.002, new TrainingOptions { Preset = TrainingPreset.Small }.Optimizer.LearningRate);
    }

    [Fact]
    public void Whoever_sets_what_the_presets_object_lacks_has_chosen_the_one_before()
    {
        var options = new TrainingOptions();
        ((PlateauSchedule)options.Schedule).Factor = 0.5;
        var settled = options.SettledFor(new PresetBasis(1_000_000, 10_000));
        Assert.Equal(0.5, Assert.IsType<PlateauSchedule>(settled.Schedule).Factor);
        Assert.IsType<Adam>(settled.Optimizer);
    }

    [Theory]
    [MemberData(nameof(Full))]
    public void Dropout_that_somebody_sets_comes_before_the_presets_locked_one(TrainingPreset preset)
    {
        var settled = new TrainingOptions { Preset = preset, Dropout = 0 }.SettledFor(new PresetBasis(1_000_000, 10_000));
        Assert.Equal((0.0, null, null, null), (settled.Dropout, settled.Regularization.InputDropout, settled.Regularization.HiddenDropout, settled.Regularization.OutputDropout));
        var options = new TrainingOptions { Preset = preset, Dropout = 0.5 };
        options.Regularization.OutputDropout = 0.1;
        settled = options.SettledFor(new PresetBasis(1_000_000, 10_000));
        Assert.Equal((0.5, null, 0.1), (settled.Dropout, settled.Regularization.InputDropout, settled.Regularization.OutputDropout));
    }

    public static TheoryData<TrainingPreset, Action<TrainingOptions>> Settings
    {
        get
        {
            var data = new TheoryData<TrainingPreset, Action<TrainingOptions>>();
            foreach (var preset in Enum.GetValues<TrainingPreset>())
            {
                data.Add(preset, options => options.Softmax = new AdaptiveSoftmax());
                data.Add(preset, options => options.EmbeddingSize = 128);
                data.Add(preset, options => options.HiddenSize = 64);
                data.Add(preset, options => options.HiddenSize = 16);
                data.Add(preset, options => (options.HiddenSize, options.EmbeddingSize) = (30, 30));
                data.Add(preset, options => (options.Tied, options.HiddenSize) = (false, 30));
                data.Add(preset, options => options.ProjectionSize = 60);
                data.Add(preset, options => options.Optimizer = new Sgd());
                data.Add(preset, options => options.BatchMode = BatchMode.Rows);
                foreach (var cell in Enum.GetValues<CellKind>()) data.Add(preset, options => options.Cell = cell);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void What_somebody_sets_is_never_refused_for_what_nobody_has(TrainingPreset preset, Action<TrainingOptions> set)
    {
        var after = new TrainingOptions { Preset = preset };
        set(after);
        after.Validate();
        var before = new TrainingOptions();
        set(before);
        before.Preset = preset;
        before.Validate();
        foreach (var basis in (PresetBasis[])[new(100, 50), new(100_000, 5_000), new(1_000_000, 10_000), new(9_000_000, 50_000)])
        {
            var settled = after.SettledFor(basis);
            settled.Validate();
            Assert.Equal(settled.Describe(), before.SettledFor(basis).Describe());
        }
    }

    [Fact]
    public void Plain_is_the_default_that_each_option_names_whichever_of_them_are_set()
    {
        var options = new TrainingOptions { Preset = TrainingPreset.Plain, EmbeddingSize = 16 };
        Assert.Equal(200, options.SettledFor(new PresetBasis(1_000_000, 10_000)).HiddenSize);
        Assert.Equal(200, new TrainingOptions { EmbeddingSize = 16 }.SettledFor(new PresetBasis(1_000, 100)).HiddenSize);
        Assert.Equal(16, new TrainingOptions { EmbeddingSize = 16 }.SettledFor(new PresetBasis(100_000, 100)).HiddenSize);
    }

    [Fact]
    public void What_it_costs_follows_from_the_sizes_that_somebody_sets()
    {
        TrainingOptions Settled(int? hidden)
        {
            var options = new TrainingOptions { Preset = TrainingPreset.Auto };
            if (hidden is { } size) options.HiddenSize = size;
            return options.SettledFor(new PresetBasis(1_000_000, 10_000, TimeSpan.FromMinutes(1), Speed: 1e11));
        }
        Assert.True(Settled(8).Epochs > Settled(null).Epochs);
    }

    [Fact]
    public void A_learning_rate_is_looked_for_with_the_network_that_would_be_trained()
    {
        var range = new LearningRateRange { Windows = 20 };
        var auto = new LanguageModelTrainer(Small()).FindLearningRate(Words, Corpus, range);
        var settled = Small();
        settled.Preset = TrainingPreset.Small;
        Assert.Equal(new LanguageModelTrainer(settled).FindLearningRate(Words, Corpus, range).Points, auto.Points);
        settled.Preset = TrainingPreset.Plain;
        Assert.NotEqual(new LanguageModelTrainer(settled).FindLearningRate(Words, Corpus, range).Points, auto.Points);
    }

    [Fact]
    public void Another_optimizer_has_the_schedule_and_the_clipping_that_suit_it()
    {
        var options = new TrainingOptions { Optimizer = new Sgd() }.SettledFor(new PresetBasis(1_000_000, 10_000));
        Assert.IsType<Sgd>(options.Optimizer);
        Assert.IsType<PlateauSchedule>(options.Schedule);
        Assert.Equal(0.25, options.GradientClip);
    }

    [Theory]
    [InlineData(TrainingPreset.Medium, 999_999, null, null, false)]
    [InlineData(TrainingPreset.Medium, 1_000_000, null, null, true)]
    [InlineData(TrainingPreset.Medium, 1_000_000, 9, null, false)]
    [InlineData(TrainingPreset.Medium, 1_000_000, 10, null, true)]
    [InlineData(TrainingPreset.Medium, 2_000_000, 4, null, false)]
    [InlineData(TrainingPreset.Medium, 2_000_000, 5, null, true)]
    [InlineData(TrainingPreset.Medium, 2_000_000, null, 60, false)]
    [InlineData(TrainingPreset.Medium, 2_000_000, 3, 36_000, false)]
    [InlineData(TrainingPreset.Medium, 2_000_000, null, 36_000, true)]
    [InlineData(TrainingPreset.Large, 2_000_000, null, null, true)]
    [InlineData(TrainingPreset.Auto, 2_000_000, null, 60, false)]
    [InlineData(TrainingPreset.Auto, 2_000_000, null, 36_000, true)]
    [InlineData(TrainingPreset.Auto, 100_000, null, 36_000, false)]
    [InlineData(TrainingPreset.Small, 9_000_000, null, null, false)]
    [InlineData(TrainingPreset.Mobile, 9_000_000, null, null, false)]
    [InlineData(TrainingPreset.Plain, 9_000_000, null, null, false)]
    public void Much_text_is_learned_by_gradient_descent_where_there_is_the_time(TrainingPreset preset, long words, int? epochs, int? seconds, bool descends)
    {
        var basis = new PresetBasis(words, 10_000, seconds is { } limit ? TimeSpan.FromSeconds(limit) : null, Speed: 1e11);
        var options = new TrainingOptions { Preset = preset };
        if (epochs is { } number) options.Epochs = number;
        var settled = options.SettledFor(basis);
        Assert.Equal(descends, settled.Optimizer is Sgd);
        Assert.Equal(descends, settled.Schedule is CosineSchedule);
        if (preset != TrainingPreset.Plain) Assert.Equal(basis, PresetBasis.Read(settled.Describe()));
        if (descends) Assert.Equal((20.0, 2.5 / words, 0.25, 20), (settled.Optimizer.LearningRate, settled.Optimizer.WeightDecay, settled.GradientClip, settled.BatchSize));
    }

    public static TheoryData<Action<TrainingOptions>> Courses => new(
        options => options.Optimizer.LearningRate = 0.0625,
        options => options.Optimizer = new Adam { LearningRate = 0.0625 },
        options => options.Schedule = new OneCycleSchedule { Warmup = 0.4 },
        options => options.Cell = CellKind.Relu);

    [Theory]
    [MemberData(nameof(Courses))]
    public void Whoever_has_set_what_it_goes_by_has_it_with_the_optimizer_that_was_there(Action<TrainingOptions> set)
    {
        foreach (var preset in (TrainingPreset[])[TrainingPreset.Medium, TrainingPreset.Large])
        {
            var options = new TrainingOptions { Preset = preset };
            set(options);
            var settled = options.SettledFor(new PresetBasis(2_000_000, 10_000));
            Assert.IsType<Adam>(settled.Optimizer);
            Assert.IsType<OneCycleSchedule>(settled.Schedule);
        }
    }

    [Fact]
    public void Where_weights_go_on_or_a_learning_rate_is_looked_for_that_optimizer_stays_too()
    {
        var settled = new TrainingOptions { Preset = TrainingPreset.Medium }.SettledFor(new PresetBasis(2_000_000, 10_000, MayDescend: false));
        Assert.IsType<Adam>(settled.Optimizer);
        Assert.False(PresetBasis.Read(settled.Describe())!.MayDescend);
    }

    [Fact]
    public void Rows_have_no_windows_to_draw()
    {
        var options = new TrainingOptions { Preset = TrainingPreset.Medium, BatchMode = BatchMode.Rows };
        options.Validate();
        Assert.False(options.RandomWindow || options.PartialShuffle);
    }

    [Fact]
    public void Mobile_is_the_network_of_a_keyboard()
    {
        var shape = new TrainingOptions { Preset = TrainingPreset.Mobile }.ShapeFor(10_000);
        Assert.Equal((CellKind.Cifg, 670, 96, 96, true), (shape.Cell, shape.HiddenSize, shape.ProjectionSize, shape.EmbeddingSize, shape.Tied));
        Assert.InRange(shape.ParameterCount, 1_400_000, 1_450_000);
    }

    [Theory]
    [InlineData(8, 8, 8)]
    [InlineData(200, 96, 96)]
    [InlineData(50, 96, null)]
    public void A_projection_goes_with_the_sizes_that_somebody_sets(int hidden, int embedding, int? projection)
    {
        var options = new TrainingOptions { Preset = TrainingPreset.Mobile, HiddenSize = hidden * 2, EmbeddingSize = embedding };
        if (projection is null) options.HiddenSize = hidden;
        options.Validate();
        Assert.Equal(projection, options.ProjectionSize);
    }

    [Fact]
    public void What_was_picked_is_told_and_stands_in_the_model()
    {
        var started = new List<TrainingStarted>();
        var options = Small(new Listener(happened => started.AddRange(happened is TrainingStarted first ? [first] : Array.Empty<TrainingStarted>())));
        var (model, _) = new LanguageModelTrainer(options).Train(Tokenizer.Whitespace, Words, Corpus);
        Assert.Equal("auto", model.Training.Options["preset"]);
        Assert.Equal("24000", model.Training.Options["preset_words"]);
        Assert.Equal(("constant", "exponential"), (model.Training.Options["schedule"], model.Training.Options["averaging"]));
        Assert.Equal(model.Training.Options, Assert.Single(started).Options);
        Assert.Equal((1, 6, 6, true), (model.Shape.Layers, model.Shape.EmbeddingSize, model.Shape.HiddenSize, model.Shape.Tied));
    }

    [Fact]
    public void What_was_picked_holds_for_a_run_that_goes_on_with_other_patience()
    {
        var whole = new LanguageModelTrainer(Small(epochs: 3)).Train(Tokenizer.Whitespace, Words, Corpus);
        using var cancellation = new CancellationTokenSource();
        var broken = Small(epochs: 3, listener: new Listener(happened =>
        {
            if (happened is CheckpointWritten { Epoch: >= 2 }) cancellation.Cancel();
        }));
        broken.CancellationToken = cancellation.Token;
        broken.Checkpoint = new CheckpointOptions { Folder = temporary["run"], IntervalWindows = 10 };
        new LanguageModelTrainer(broken).Train(Tokenizer.Whitespace, Words, Corpus);

        var rest = Small(epochs: 3);
        rest.Patience = 9;
        rest.Checkpoint = new CheckpointOptions { Folder = temporary["run"], Resumption = CheckpointResumption.Required };
        var trainer = new LanguageModelTrainer(rest);
        trainer.CheckEngine();
        var resumed = trainer.Train(Tokenizer.Whitespace, Words, Corpus);
        Assert.Equal(whole.Model.Training.Options["preset_words"], resumed.Model.Training.Options["preset_words"]);
        foreach (var (one, other) in whole.Result.Weights.Parameters.Zip(resumed.Result.Weights.Parameters)) Assert.Equal(one.Values, other.Values);
    }

    [Fact]
    public void Another_preset_does_not_go_on_with_it()
    {
        var options = Small();
        options.Checkpoint = new CheckpointOptions { Folder = temporary["run"] };
        new LanguageModelTrainer(options).Train(Tokenizer.Whitespace, Words, Corpus);
        options.Preset = TrainingPreset.Plain;
        var refused = Assert.Throws<CheckpointException>(() => new LanguageModelTrainer(options).Train(Tokenizer.Whitespace, Words, Corpus));
        Assert.Contains("preset was auto", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_learns_more_has_the_plain_options_unless_a_preset_is_named()
    {
        var (model, _) = new LanguageModelTrainer(Small()).Train(Tokenizer.Whitespace, Words, Corpus);
        var more = new LanguageModelTrainer(new TrainingOptions { Epochs = 1, Threads = 1 }).Train(model, Words, Corpus).Model.Training.Options;
        Assert.False(more.ContainsKey("preset"));
        Assert.Equal(("adam", "plateau", "20"), (more["optimizer"], more["schedule"], more["batch_size"]));
        var named = new LanguageModelTrainer(new TrainingOptions { Preset = TrainingPreset.Small, Epochs = 1, Threads = 1 }).Train(model, Words, Corpus).Model.Training.Options;
        // A long training of it would not be by gradient descent.
        Assert.True(model.Training.Options.ContainsKey("preset_may_descend"));
        Assert.False(named.ContainsKey("preset_may_descend"));
        Assert.Equal(("small", "adam", "constant"), (named["preset"], named["optimizer"], named["schedule"]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_shape_that_would_be_trained_is_the_one_that_is(bool isLimited)
    {
        var options = Small();
        if (isLimited) options.TimeLimit = TimeSpan.FromMinutes(5);
        var trainer = new LanguageModelTrainer(options);
        Assert.Equal(trainer.ShapeFor(Words, Corpus), trainer.Train(Tokenizer.Whitespace, Words, Corpus).Model.Shape);
    }

    private static TrainingOptions Small(IProgress<TrainingEvent>? listener = null, int epochs = 1) => new() { HiddenSize = 6, Epochs = epochs, Threads = 1, Progress = listener };
}
