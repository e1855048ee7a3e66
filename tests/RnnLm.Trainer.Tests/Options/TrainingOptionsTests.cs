using System.Globalization;

namespace RnnLm.Training.Tests;

public class TrainingOptionsTests
{
    [Fact]
    public void The_defaults_are_valid() => new TrainingOptions().Validate();

    [Fact]
    public void Options_at_the_ends_of_their_ranges_are_valid()
    {
        new TrainingOptions
        {
            Layers = 16,
            EmbeddingSize = 16_384,
            HiddenSize = 1,
            Dropout = 0,
            StateResetProbability = 1,
            Schedule = new PlateauSchedule { Factor = 1 },
            Optimizer = new Sgd { WeightDecay = 0 },
            BatchSize = 4096,
            Window = 4096,
            Epochs = 1,
            Patience = 1,
            Threads = 1024,
            TimeLimit = TimeSpan.FromTicks(1),
            ProgressInterval = TimeSpan.Zero,
        }.Validate();
    }

    public static TheoryData<string, Action<TrainingOptions>> Faults => new()
    {
        { "Cell is 9; it must be one of Elman, Relu, Lstm, Gru, Cifg.", options => options.Cell = (CellKind)9 },
        { "Layers is 0; it must be from 1 to 16.", options => options.Layers = 0 },
        { "Layers is 17; it must be from 1 to 16.", options => options.Layers = 17 },
        { "EmbeddingSize is 0; it must be from 1 to 16,384.", options => options.EmbeddingSize = 0 },
        { "EmbeddingSize is 16,385; it must be from 1 to 16,384.", options => options.EmbeddingSize = 16_385 },
        { "HiddenSize is -1; it must be from 1 to 16,384.", options => options.HiddenSize = -1 },
        { "ProjectionSize is 0; it must be from 1 to below HiddenSize, 200.", options => options.ProjectionSize = 0 },
        { "ProjectionSize is 200; it must be from 1 to below HiddenSize, 200.", options => options.ProjectionSize = 200 },
        {
            "ProjectionSize is 50; it must be null where Cell is Gru; cells with a memory can be projected, lstm, cifg.",
            options => (options.Cell, options.ProjectionSize) = (CellKind.Gru, 50)
        },
        {
            "ProjectionSize is 50; it must be EmbeddingSize, 200, where one layer is Tied, and below HiddenSize, 300.",
            options => (options.Tied, options.Layers, options.HiddenSize, options.ProjectionSize) = (true, 1, 300, 50)
        },
        {
            "ProjectionSize is 200; it must be EmbeddingSize, 200, where one layer is Tied, and below HiddenSize, 200.",
            options => (options.Tied, options.Layers, options.ProjectionSize) = (true, 1, 200)
        },
        { "ForgetBias is NaN; it must be a finite number from -20 to 20.", options => options.ForgetBias = double.NaN },
        { "ForgetBias is 21; it must be a finite number from -20 to 20.", options => options.ForgetBias = 21 },
        {
            "ForgetBias is 1; it must be left out where Cell is Elman, which has no forget gate.",
            options => (options.Cell, options.ForgetBias) = (CellKind.Elman, 1)
        },
        { "Dropout is 1; it must be a finite number from 0 to below 1.", options => options.Dropout = 1 },
        { "Dropout is -0.1; it must be a finite number from 0 to below 1.", options => options.Dropout = -0.1 },
        { "Dropout is NaN; it must be a finite number from 0 to below 1.", options => options.Dropout = double.NaN },
        { "Regularization is null; leave it as it is for the defaults.", options => options.Regularization = null! },
        { "Regularization.InputDropout is 1; it must be a finite number from 0 to below 1.", options => options.Regularization.InputDropout = 1 },
        { "Regularization.HiddenDropout is -0.1; it must be a finite number from 0 to below 1.", options => options.Regularization.HiddenDropout = -0.1 },
        { "Regularization.OutputDropout is NaN; it must be a finite number from 0 to below 1.", options => options.Regularization.OutputDropout = double.NaN },
        { "Regularization.EmbeddingDropout is 1; it must be a finite number from 0 to below 1.", options => options.Regularization.EmbeddingDropout = 1 },
        { "Regularization.WeightDropout is 1.5; it must be a finite number from 0 to below 1.", options => options.Regularization.WeightDropout = 1.5 },
        { "Regularization.ActivationPenalty is -1; it must be a finite number at least 0.", options => options.Regularization.ActivationPenalty = -1 },
        {
            "Regularization.TemporalActivationPenalty is Infinity; it must be a finite number at least 0.",
            options => options.Regularization.TemporalActivationPenalty = double.PositiveInfinity
        },
        { "Softmax is null; leave it as it is for the defaults.", options => options.Softmax = null! },
        { "Softmax.Samples is 0; it must be at least 1.", options => options.Softmax = new SampledSoftmax { Samples = 0 } },
        { "Softmax.Sampler is 5; it must be one of LogUniform, Unigram.", options => options.Softmax = new SampledSoftmax { Sampler = (SamplerKind)5 } },
        { "Optimizer is null; leave it as it is for the defaults.", options => options.Optimizer = null! },
        { "Optimizer.LearningRate is 0; it must be a finite number above 0.", options => options.Optimizer = new Sgd { LearningRate = 0 } },
        {
            "Optimizer.LearningRate is Infinity; it must be a finite number above 0.",
            options => options.Optimizer.LearningRate = double.PositiveInfinity
        },
        { "Optimizer.WeightDecay is -1; it must be a finite number at least 0.", options => options.Optimizer = new AdamW { WeightDecay = -1 } },
        {
            "Optimizer.WeightDecay is Infinity; it must be a finite number at least 0.",
            options => options.Optimizer.WeightDecay = double.PositiveInfinity
        },
        { "Schedule is null; leave it as it is for the defaults.", options => options.Schedule = null! },
        {
            "Schedule.Factor is 0; it must be a finite number above 0 and at most 1.",
            options => options.Schedule = new PlateauSchedule { Factor = 0 }
        },
        {
            "Schedule.Factor is 1.5; it must be a finite number above 0 and at most 1.",
            options => options.Schedule = new PlateauSchedule { Factor = 1.5 }
        },
        { "Optimizer.Beta1 is 1; it must be a finite number from 0 to below 1.", options => options.Optimizer = new Adam { Beta1 = 1 } },
        { "Optimizer.Beta2 is 0; it must be a finite number above 0 and below 1.", options => options.Optimizer = new AdamW { Beta2 = 0 } },
        { "Optimizer.Epsilon is 0; it must be a finite number from 1E-30 to 1E+30.", options => options.Optimizer = new Adam { Epsilon = 0 } },
        { "Schedule.Warmup is 1; it must be a finite number from 0 to below 1.", options => options.Schedule = new OneCycleSchedule { Warmup = 1 } },
        { "Schedule.StartDivisor is 0.5; it must be a finite number at least 1.", options => options.Schedule = new OneCycleSchedule { StartDivisor = 0.5 } },
        { "Schedule.FinalDivisor is NaN; it must be a finite number at least 1.", options => options.Schedule = new OneCycleSchedule { FinalDivisor = double.NaN } },
        { "Schedule.Curve is 7; it must be one of Cosine, Linear.", options => options.Schedule = new OneCycleSchedule { Curve = (ScheduleCurve)7 } },
        {
            "Schedule.LowestBeta1 is not set; it must be from 0 to HighestBeta1, which is set.",
            options => options.Schedule = new OneCycleSchedule { HighestBeta1 = 0.9 }
        },
        {
            "Schedule.HighestBeta1 is not set; it must be from 0 to below 1, as LowestBeta1 is set.",
            options => options.Schedule = new OneCycleSchedule { LowestBeta1 = 0.9 }
        },
        {
            "Schedule.LowestBeta1 is 0.95; it must be a finite number from 0 to HighestBeta1.",
            options => options.Schedule = new OneCycleSchedule { HighestBeta1 = 0.9, LowestBeta1 = 0.95 }
        },
        {
            "Schedule.HighestBeta1 is 0.95; it must be left unset where Optimizer is Sgd, which has no Beta1.",
            options => (options.Optimizer, options.Schedule) = (new Sgd(), new OneCycleSchedule { HighestBeta1 = 0.95, LowestBeta1 = 0.85 })
        },
        { "Schedule.Warmup is -0.1; it must be a finite number from 0 to below 1.", options => options.Schedule = new CosineSchedule { Warmup = -0.1 } },
        { "Schedule.FinalShare is 1.1; it must be a finite number from 0 to 1.", options => options.Schedule = new CosineSchedule { FinalShare = 1.1 } },
        { "Averaging.Interval is 0; it must be at least 1.", options => options.Averaging = new TriggeredAverage { Interval = 0 } },
        { "Averaging.Decay is 1; it must be a finite number above 0 and below 1.", options => options.Averaging = new ExponentialAverage { Decay = 1 } },
        { "Averaging.Start is 1; it must be a finite number from 0 to below 1.", options => options.Averaging = new ExponentialAverage { Start = 1 } },
        { "Averaging.NonmonotoneInterval is 0; it must be at least 1.", options => options.Averaging = new TriggeredAverage { NonmonotoneInterval = 0 } },
        { "GradientClip is 0; it must be a finite number above 0.", options => options.GradientClip = 0 },
        { "GradientClip is NaN; it must be a finite number above 0.", options => options.GradientClip = double.NaN },
        { "BatchMode is 2; it must be one of Streams, Rows.", options => options.BatchMode = (BatchMode)2 },
        { "StateResetProbability is 1.1; it must be a finite number from 0 to 1.", options => options.StateResetProbability = 1.1 },
        { "StateResetProbability is -0.1; it must be a finite number from 0 to 1.", options => options.StateResetProbability = -0.1 },
        { "StateResetProbability is NaN; it must be a finite number from 0 to 1.", options => options.StateResetProbability = double.NaN },
        { "BatchSize is 0; it must be at least 1.", options => options.BatchSize = 0 },
        { "Window is 0; it must be at least 1.", options => options.Window = 0 },
        { "Epochs is 0; it must be at least 1.", options => options.Epochs = 0 },
        { "TimeLimit is 00:00:00; it must be longer than zero, or null for no limit.", options => options.TimeLimit = TimeSpan.Zero },
        { "Patience is 0; it must be at least 1.", options => options.Patience = 0 },
        { "Threads is 0; it must be from 1 to 1,024.", options => options.Threads = 0 },
        { "ProgressInterval is -00:00:01; it must be zero or longer.", options => options.ProgressInterval = TimeSpan.FromSeconds(-1) },
        {
            "RandomWindow is true; it must be false where BatchMode is not Streams.",
            options => (options.BatchMode, options.RandomWindow) = (BatchMode.Rows, true)
        },
        {
            "PartialShuffle is true; it must be false where BatchMode is not Streams.",
            options => (options.BatchMode, options.PartialShuffle) = (BatchMode.Rows, true)
        },
        {
            "BatchSize times (Window + 20) is 16,859,136; it must be at most 16,777,216 words.",
            options => (options.BatchSize, options.Window, options.RandomWindow) = (4096, 4096, true)
        },
        {
            "BatchSize times Window is 16,781,312; it must be at most 16,777,216 words.",
            options => (options.BatchSize, options.Window) = (4096, 4097)
        },
        {
            "Softmax.Cutoffs is 200, 200; it must be one number or more from 2 on, each greater than the one before.",
            options => options.Softmax = new AdaptiveSoftmax { Cutoffs = [200, 200] }
        },
        {
            "Softmax.Cutoffs is 1; it must be one number or more from 2 on, each greater than the one before.",
            options => options.Softmax = new AdaptiveSoftmax { Cutoffs = [1] }
        },
        {
            "Softmax.Cutoffs is empty; it must be one number or more from 2 on, each greater than the one before.",
            options => options.Softmax = new AdaptiveSoftmax { Cutoffs = [] }
        },
        {
            "Softmax.DivisionFactor is 0.5; it must be a finite number from 1.",
            options => options.Softmax = new AdaptiveSoftmax { DivisionFactor = 0.5 }
        },
        {
            "Tied is true; it must be false where Softmax is AdaptiveSoftmax, which has no one matrix to share.",
            options => (options.Softmax, options.Tied) = (new AdaptiveSoftmax(), true)
        },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void An_option_out_of_range_is_named_with_its_value_and_what_would_be_right(string fault, Action<TrainingOptions> spoil)
    {
        var options = new TrainingOptions();
        spoil(options);
        var exception = Assert.Throws<TrainingOptionsException>(options.Validate);
        Assert.Equal([fault], exception.Faults);
        Assert.Contains(fault, exception.Message);
    }

    [Fact]
    public void Every_fault_is_reported_at_once()
    {
        var options = new TrainingOptions
        {
            Layers = 0,
            Dropout = 2,
            Epochs = -3,
            BatchSize = -1,
            Window = -1,
            Softmax = new SampledSoftmax { Samples = 0 },
            Optimizer = new Adam { LearningRate = double.NaN },
        };
        var exception = Assert.Throws<TrainingOptionsException>(options.Validate);
        Assert.Equal(
            ["Layers", "Dropout", "Softmax.Samples", "Optimizer.LearningRate", "BatchSize", "Window", "Epochs"],
            exception.Faults.Select(fault => fault.Split(' ')[0]));
    }

    [Fact]
    public void A_trainer_is_not_made_with_options_out_of_range()
        => Assert.Throws<TrainingOptionsException>(() => new LanguageModelTrainer(new TrainingOptions { Layers = 0 }));

    [Fact]
    public void The_description_is_the_same_in_every_culture()
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            var description = new TrainingOptions { Tied = true, Threads = 3, TimeLimit = TimeSpan.FromMinutes(90) }.Describe();
            Assert.Equal("0.2", description["dropout"]);
            Assert.Equal("lstm", description["cell"]);
            Assert.Equal("true", description["tied"]);
            Assert.Equal("0.002", description["learning_rate"]);
            Assert.Equal("3", description["threads"]);
            Assert.Equal("01:30:00", description["time_limit"]);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void The_description_holds_every_option_but_those_that_do_not_decide_what_is_learned()
    {
        IEnumerable<string> NamesOf(Type options) => options.GetProperties().Where(property => property.CanWrite).Select(property => property.Name)
            .Except([nameof(TrainingOptions.Progress), nameof(TrainingOptions.ProgressInterval), nameof(TrainingOptions.CancellationToken)])
            .Except([nameof(TrainingOptions.Checkpoint), nameof(TrainingOptions.Regularization), nameof(TrainingOptions.Preset), nameof(TrainingOptions.History)]);
        var renamed = new Dictionary<string, string>
        {
            [nameof(SampledSoftmax.Samples)] = "samplecount",
            [nameof(AdaptiveSoftmax.Cutoffs)] = "adaptivecutoffs",
            [nameof(AdaptiveSoftmax.DivisionFactor)] = "adaptivedivisionfactor",
            [nameof(PlateauSchedule.Factor)] = "annealing",
            [nameof(WeightAveraging.Interval)] = "averaginginterval",
            [nameof(ExponentialAverage.Decay)] = "averagingdecay",
            [nameof(ExponentialAverage.Start)] = "averagingstart",
        };
        (Softmax, Optimizer, LearningRateSchedule, WeightAveraging)[] kinds =
        [
            (new FullSoftmax(), new Sgd(), new PlateauSchedule(), new ExponentialAverage()),
            (new SampledSoftmax(), new Adam(), new ConstantSchedule(), new TriggeredAverage()),
            (new AdaptiveSoftmax { Cutoffs = [2000] }, new AdamW(), new CosineSchedule(), new TriggeredAverage()),
            (new FullSoftmax(), new Adam(), new OneCycleSchedule { HighestBeta1 = 0.95, LowestBeta1 = 0.85 }, new TriggeredAverage()),
        ];
        foreach (var (softmax, optimizer, schedule, averaging) in kinds)
        {
            var options = new TrainingOptions
            {
                TimeLimit = TimeSpan.FromHours(1),
                ProjectionSize = 100,
                Softmax = softmax,
                Optimizer = optimizer,
                Schedule = schedule,
                Averaging = averaging,
                Regularization = Regularized(),
                RandomWindow = true,
                PartialShuffle = true,
            };
            object[] all = [options, options.Regularization, options.Softmax, options.Optimizer, options.Schedule, options.Averaging];
            var names = all.SelectMany(part => NamesOf(part.GetType())).Select(name => renamed.GetValueOrDefault(name, name.ToLowerInvariant()));
            Assert.Equal(names.Order(), options.Describe().Keys.Select(key => key.Replace("_", "")).Order());
        }
    }

    [Fact]
    public void What_is_chosen_is_described_by_its_name_and_its_own_options()
    {
        var description = new TrainingOptions
        {
            Softmax = new SampledSoftmax { Samples = 7, Sampler = SamplerKind.Unigram },
            Optimizer = new AdamW { LearningRate = 0.5, WeightDecay = 0.25 },
            Schedule = new PlateauSchedule { Factor = 0.75 },
        }.Describe();
        string[] keys = ["softmax", "sample_count", "sampler", "optimizer", "learning_rate", "weight_decay", "schedule", "annealing"];
        Assert.Equal(["sampled", "7", "unigram", "adamw", "0.5", "0.25", "plateau", "0.75"], keys.Select(key => description[key]));
        Assert.Equal(["full", "adam", "0.002", "0", "plateau", "0.25"], keys.Except(["sample_count", "sampler"]).Select(key => new TrainingOptions().Describe()[key]));
    }

    [Fact]
    public void What_does_not_regularize_is_not_described()
    {
        // A checkpoint or a model of an earlier version has no word of it.
        var description = new TrainingOptions { Regularization = new Regularization { HiddenDropout = 0 } }.Describe();
        Assert.Equal([.. new TrainingOptions().Describe().Keys.Order(), "hidden_dropout"], description.Keys.OrderBy(key => key == "hidden_dropout").ThenBy(key => key));
        Assert.Equal("0", description["hidden_dropout"]);
    }

    [Fact]
    public void What_regularizes_is_described_with_its_share_or_factor()
    {
        var description = new TrainingOptions { Regularization = Regularized() }.Describe();
        string[] keys =
            ["input_dropout", "hidden_dropout", "output_dropout", "embedding_dropout", "weight_dropout", "activation_penalty", "temporal_activation_penalty"];
        Assert.Equal(["0.6", "0.3", "0.4", "0.1", "0.5", "2", "1"], keys.Select(key => description[key]));
    }

    [Fact]
    public void Samples_are_described_only_where_there_are_any()
    {
        Assert.DoesNotContain("sample_count", new TrainingOptions().Describe().Keys);
        var description = new TrainingOptions { Softmax = new SampledSoftmax { Samples = 7 } }.Describe();
        Assert.Equal(("sampled", "7", "log_uniform"), (description["softmax"], description["sample_count"], description["sampler"]));
    }

    [Fact]
    public void Options_of_another_softmax_are_not_described()
        => Assert.DoesNotContain(new TrainingOptions().Describe().Keys, key => key.StartsWith("adaptive"));

    [Fact]
    public void A_copy_has_option_objects_of_its_own()
    {
        var options = new TrainingOptions { Softmax = new SampledSoftmax { Samples = 7 } };
        var copy = options.Clone();
        ((SampledSoftmax)copy.Softmax).Samples = 8;
        copy.Optimizer.LearningRate = 3;
        copy.Regularization.WeightDropout = 0.5;
        ((PlateauSchedule)copy.Schedule).Factor = 1;
        Assert.Equal(new TrainingOptions { Softmax = new SampledSoftmax { Samples = 7 } }.Describe(), options.Describe());
        Assert.Equal(("8", "3", "1"), (copy.Describe()["sample_count"], copy.Describe()["learning_rate"], copy.Describe()["annealing"]));
    }

    [Fact]
    public void A_copy_has_lists_of_its_own()
    {
        var cutoffs = new List<int> { 5, 10 };
        var copy = new TrainingOptions { Softmax = new AdaptiveSoftmax { Cutoffs = cutoffs, DivisionFactor = 3 } }.Clone();
        cutoffs.Add(20);
        Assert.Equal(new AdaptiveSoftmaxShape([5, 10], 3), copy.ShapeFor(100).AdaptiveSoftmax);
        Assert.Null(((AdaptiveSoftmax)new TrainingOptions { Softmax = new AdaptiveSoftmax() }.Clone().Softmax).Cutoffs);
    }

    public static TheoryData<string> UsesOfOptions => ["Validate", "Describe", "ShapeFor", "trainer", "managed engine", "copy"];

    [Theory]
    [MemberData(nameof(UsesOfOptions))]
    public void Whatever_is_null_is_named_wherever_options_are_used(string use)
    {
        var options = new TrainingOptions { Regularization = null!, Softmax = null!, Optimizer = null!, Schedule = null! };
        Action act = use switch
        {
            "Validate" => options.Validate,
            "Describe" => () => options.Describe(),
            "ShapeFor" => () => options.ShapeFor(10),
            "trainer" => () => new LanguageModelTrainer(options),
            "managed engine" => () => new ManagedEngine().Start(new NetworkWeights(new TrainingOptions().ShapeFor(10)), options),
            _ => options.Clone().Validate,
        };
        Assert.Equal(
            [
                "Regularization is null; leave it as it is for the defaults.", "Softmax is null; leave it as it is for the defaults.",
                "Optimizer is null; leave it as it is for the defaults.", "Schedule is null; leave it as it is for the defaults.",
            ],
            Assert.Throws<TrainingOptionsException>(act).Faults);
    }

    [Fact]
    public void A_seed_is_1_where_nobody_sets_it_and_a_copy_knows_whether_somebody_has()
    {
        Assert.Equal((1, false), (new TrainingOptions().Clone().Seed, new TrainingOptions().Clone().IsSeedSet));
        Assert.Equal((1, true), (new TrainingOptions { Seed = 1 }.Clone().Seed, new TrainingOptions { Seed = 1 }.Clone().IsSeedSet));
    }

    [Fact]
    public void The_shape_has_the_cutoffs_or_else_those_that_suit_the_vocabulary()
    {
        var options = new TrainingOptions { Softmax = new AdaptiveSoftmax() };
        Assert.Equal(new AdaptiveSoftmaxShape([625, 3000], 4), options.ShapeFor(10_000).AdaptiveSoftmax);
        options.Softmax = new AdaptiveSoftmax { Cutoffs = [2000], DivisionFactor = 2 };
        Assert.Equal(new AdaptiveSoftmaxShape([2000], 2), options.ShapeFor(10_000).AdaptiveSoftmax);
        Assert.Null(new TrainingOptions().ShapeFor(10_000).AdaptiveSoftmax);
    }

    [Fact]
    public void The_learning_rate_that_is_not_set_depends_on_the_optimizer()
    {
        Assert.Equal(20, new Sgd().LearningRate);
        Assert.Equal(0.002, new Adam().LearningRate);
        Assert.Equal(0.002, new AdamW().LearningRate);
    }

    // Everything that regularizes.
    private static Regularization Regularized() => new()
    {
        InputDropout = 0.6,
        HiddenDropout = 0.3,
        OutputDropout = 0.4,
        EmbeddingDropout = 0.1,
        WeightDropout = 0.5,
        ActivationPenalty = 2,
        TemporalActivationPenalty = 1,
    };
}
