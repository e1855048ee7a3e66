using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace RnnLm.Transforms.Tests;

/// <summary>A fit that was broken off goes on, when it is asked for again, as if it had not been.</summary>
public sealed partial class CheckpointTests : IDisposable
{
    private static readonly string[] Lines = [.. Sample.Lines, .. Sample.Lines.Reverse(), .. Sample.Lines];

    private static readonly string[] Times = ["words_per_second", "seconds"];

    private readonly TemporaryFolder folder = new();
    private readonly List<(ChannelMessageKind Kind, string Text)> log = [];

    private string Checkpoints => folder.File("checkpoints");

    public void Dispose() => folder.Dispose();

    public static TheoryData<string, int?, double> EveryKind()
    {
        var data = new TheoryData<string, int?, double>();
        foreach (var column in (string[])["Text", "Words", "Keys"])
            foreach (var seed in (int?[])[null, 7])
                foreach (var validationFraction in (double[])[0, 0.3]) data.Add(column, seed, validationFraction);
        return data;
    }

    [Theory]
    [MemberData(nameof(EveryKind))]
    public void A_fit_that_was_cancelled_goes_on_and_gives_the_model_of_one_that_was_not(string column, int? seed, double validationFraction)
    {
        var options = Options(column, seed, validationFraction);
        var whole = Fit(new MLContext(seed: 5), options, column);

        CancelledAt(4, options, new MLContext(seed: 5), column);
        var mlContext = new MLContext(seed: 5);
        mlContext.Log += (_, message) => log.Add((message.Kind, message.RawMessage));
        options.Training.Checkpoint = Checkpoint();
        var resumed = Fit(mlContext, options, column);

        AssertSame(whole, resumed);
        Assert.Contains(log, line => line.Kind == ChannelMessageKind.Info && line.Text.StartsWith("Training goes on from ", StringComparison.Ordinal));
        Assert.Contains(log, line => line.Kind == ChannelMessageKind.Trace && line.Text.StartsWith("Checkpoint after step ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(9)]
    public void A_fit_goes_on_from_what_the_disk_had_at_any_moment(int checkpoint)
    {
        var options = Options("Text", seed: null, validationFraction: 0.3);
        options.Training.Checkpoint = Checkpoint();
        var written = 0;
        options.Training.Progress = new Listener(happened =>
        {
            if (happened is not CheckpointWritten || ++written != checkpoint) return;
            Directory.CreateDirectory(folder.File("copy"));
            foreach (var file in Directory.EnumerateFiles(Checkpoints, "*.checkpoint")) File.Copy(file, Path.Combine(folder.File("copy"), Path.GetFileName(file)));
        });
        var whole = Fit(new MLContext(seed: 5), options, "Text");

        options.Training.Checkpoint.Folder = folder.File("copy");
        AssertSame(whole, Fit(new MLContext(seed: 5), options, "Text"));
    }

    public static TheoryData<bool, bool, double> EveryContinuation()
    {
        var data = new TheoryData<bool, bool, double>();
        foreach (var extends in (bool[])[false, true])
            foreach (var isArgument in (bool[])[false, true])
                foreach (var validationFraction in (double[])[0, 0.3]) data.Add(extends, isArgument, validationFraction);
        return data;
    }

    [Theory]
    [MemberData(nameof(EveryContinuation))]
    public void A_fit_that_goes_on_from_a_model_and_was_cancelled_gives_the_model_of_one_that_was_not(bool extends, bool isArgument, double validationFraction)
    {
        var initial = Initial(hiddenSize: 12);
        var whole = FitFrom(Continuing());
        Assert.Equal(initial.ComputeChecksum(), whole.Training.Options["initial_model"]);
        Assert.Equal(extends, whole.Vocabulary.Count > initial.Vocabulary.Count);

        using var cancellation = new CancellationTokenSource();
        var written = 0;
        var options = Continuing();
        (options.Training.Checkpoint, options.Training.CancellationToken) = (Checkpoint(), cancellation.Token);
        options.Training.Progress = new Listener(happened =>
        {
            if (happened is CheckpointWritten && ++written == 2) cancellation.Cancel();
        });
        try
        {
            FitFrom(options);
        }
        catch (OperationCanceledException)
        {
            // Nothing was learned yet.
        }
        var isResumed = false;
        (options.Training.CancellationToken, options.Training.Progress) = (default, new Listener(happened => isResumed |= happened is TrainingResumed));
        AssertSame(whole, FitFrom(options));
        Assert.True(isResumed);

        RecurrentNetworkOptions Continuing()
        {
            var options = Options("Text", seed: null, validationFraction);
            (options.ExtendVocabulary, options.InitialModel) = (extends, isArgument ? null : initial);
            return options;
        }

        LanguageModel FitFrom(RecurrentNetworkOptions options)
        {
            var mlContext = new MLContext(seed: 5);
            var trainer = mlContext.LanguageModeling.Trainers.RecurrentNetwork(options);
            return (isArgument ? trainer.Fit(DataOf(mlContext, "Text"), initial) : trainer.Fit(DataOf(mlContext, "Text"))).Model;
        }
    }

    [Theory]
    [InlineData(12, "InitialModel was ")]
    [InlineData(13, "The hidden size of InitialModel was 12 and is 13.")]
    public void An_initial_model_that_is_another_is_told_in_the_words_of_a_pipeline(int hiddenSize, string reason)
    {
        var options = Options("Text", seed: 7, validationFraction: 0);
        (options.InitialModel, options.Training.Checkpoint) = (Initial(hiddenSize: 12), Checkpoint());
        options.Training = Unset(options.Training);
        Fit(new MLContext(), options, "Text");
        options.InitialModel = Initial(hiddenSize, seed: 8);
        foreach (var fit in new Func<LanguageModel>[]
        {
            () => Fit(new MLContext(), options, "Text"),
            () => new MLContext().LanguageModeling.Trainers.RecurrentNetwork(options).Fit(DataOf(new MLContext(), "Text"), Initial(hiddenSize, seed: 8)).Model,
        })
        {
            var fault = Assert.Throws<CheckpointException>(() => fit());
            Assert.StartsWith($"The checkpoints in \"{Checkpoints}\" are of another training. {reason}", fault.Message, StringComparison.Ordinal);
            Assert.EndsWith("Fit with what was, or name another folder in Training.Checkpoint.Folder.", fault.Message, StringComparison.Ordinal);
        }

        static TrainingOptions Unset(TrainingOptions given) => new()
        {
            BatchSize = given.BatchSize,
            Window = given.Window,
            Epochs = given.Epochs,
            Seed = given.Seed,
            Threads = given.Threads,
            Checkpoint = given.Checkpoint,
        };
    }

    /// <summary>A model that knows some of the words.</summary>
    private static LanguageModel Initial(int hiddenSize, int seed = 3)
    {
        var options = Options("Text", seed, validationFraction: 0);
        (options.Training.HiddenSize, options.Training.BatchSize, options.Training.Epochs) = (hiddenSize, 1, 1);
        var mlContext = new MLContext();
        return mlContext.LanguageModeling.Trainers.RecurrentNetwork(options).Fit(mlContext.View([.. Sample.Lines.Take(2)])).Model;
    }

    [Fact]
    public void The_seed_that_a_checkpoint_brings_goes_before_that_of_the_context()
    {
        var options = Options("Text", seed: null, validationFraction: 0);
        CancelledAt(4, options, new MLContext(), "Text");
        options.Training.Checkpoint = Checkpoint();
        var resumed = Fit(new MLContext(), options, "Text");

        options.Training.Checkpoint = null;
        options.Training.Seed = int.Parse(resumed.Training.Options["seed"], CultureInfo.InvariantCulture);
        AssertSame(Fit(new MLContext(), options, "Text"), resumed);
    }

    [Fact]
    public void What_else_draws_from_the_context_draws_the_same_whether_a_fit_goes_on_or_not()
    {
        var options = Options("Text", seed: null, validationFraction: 0);
        options.Training.Checkpoint = Checkpoint();
        Assert.Equal(NextSeed(), NextSeed());

        string NextSeed()
        {
            var mlContext = new MLContext(seed: 5);
            Fit(mlContext, options, "Text");
            return Fit(mlContext, Options("Text", seed: null, validationFraction: 0), "Text").Training.Options["seed"];
        }
    }

    [Fact]
    public void A_fit_that_is_done_gives_its_model_again_and_with_more_epochs_goes_on()
    {
        var longer = Options("Text", seed: 7, validationFraction: 0);
        longer.Training.Epochs = 5;
        var options = Options("Text", seed: 7, validationFraction: 0);
        options.Training.Checkpoint = Checkpoint();
        var model = Fit(new MLContext(), options, "Text");
        AssertSame(model, Fit(new MLContext(), options, "Text"));
        options.Training.Epochs = 5;
        AssertSame(Fit(new MLContext(), longer, "Text"), Fit(new MLContext(), options, "Text"));
    }

    [Fact]
    public void What_is_not_as_it_was_is_told_in_the_words_of_a_pipeline()
    {
        var options = Options("Text", seed: 7, validationFraction: 0.3);
        options.Training.Checkpoint = Checkpoint();
        var mlContext = new MLContext();
        Fit(mlContext, options, "Text");

        var other = Options("Text", seed: 8, validationFraction: 0.3);
        (other.Training.HiddenSize, other.Training.Softmax, other.Training.Checkpoint) = (13, new SampledSoftmax { Samples = 3 }, Checkpoint());
        AssertRefused(other, "Training.HiddenSize was 12 and is 13.", "Training.Seed was 7 and is 8.", "Training.Softmax was full and is sampled.", "Training.Softmax.Samples was not set and is 3.");

        var fault = Assert.Throws<CheckpointException>(() => mlContext.LanguageModeling.Trainers.RecurrentNetwork(options).Fit(mlContext.View([.. Sample.Lines, "the cat"])));
        Assert.Contains("The data, column \"Text\", was ", fault.Message);
        Assert.Contains("The validation data was ", fault.Message);
        Assert.Contains("are the same again with the same seed alone: give MLContext one.", fault.Message);
        Assert.EndsWith("Fit with what was, or name another folder in Training.Checkpoint.Folder.", fault.Message, StringComparison.Ordinal);

        void AssertRefused(RecurrentNetworkOptions changed, params string[] reasons)
        {
            var fault = Assert.Throws<CheckpointException>(() => Fit(mlContext, changed, "Text"));
            Assert.StartsWith($"The checkpoints in \"{Checkpoints}\" are of another training. ", fault.Message, StringComparison.Ordinal);
            foreach (var reason in reasons) Assert.Contains(reason, fault.Message);
        }
    }

    public static TheoryData<string, Softmax, Softmax> EverySoftmax { get; } = new()
    {
        { "sampled", new SampledSoftmax(), new SampledSoftmax { Samples = 3, Sampler = SamplerKind.Unigram } },
        { "adaptive", new AdaptiveSoftmax { Cutoffs = [4] }, new AdaptiveSoftmax { Cutoffs = [5], DivisionFactor = 2 } },
    };

    [Theory]
    [MemberData(nameof(EverySoftmax))]
    public void Every_option_that_is_another_is_told_by_its_property(string name, Softmax softmax, Softmax otherSoftmax)
    {
        var options = Options("Text", seed: 7, validationFraction: 0);
        (options.Training.Softmax, options.Training.Checkpoint) = (softmax, Checkpoint());
        Fit(new MLContext(), options, "Text");
        var before = options.Training.Describe();
        options.Training = new TrainingOptions
        {
            Cell = CellKind.Gru,
            Layers = 2,
            EmbeddingSize = 9,
            HiddenSize = 9,
            Tied = name == "sampled",
            Dropout = 0.1,
            Softmax = otherSoftmax,
            Optimizer = new AdamW { LearningRate = 0.01 },
            Schedule = new PlateauSchedule { Factor = 0.9 },
            GradientClip = 1,
            StateResetProbability = 0,
            BatchSize = 3,
            Window = 5,
            Seed = 8,
            Threads = 2,
            Checkpoint = Checkpoint(),
        };
        var now = options.Training.Describe();
        string[] mayDiffer = ["epochs", "patience", "time_limit"];
        var different = before.Keys.Union(now.Keys).Except(mayDiffer).Count(key => before.GetValueOrDefault(key) != now.GetValueOrDefault(key));

        var fault = Assert.Throws<CheckpointException>(() => Fit(new MLContext(), options, "Text"));
        var paths = PropertyPath().Matches(fault.Message).Select(match => match.Groups[1].Value).ToArray();
        Assert.Equal(different, paths.Length);
        foreach (var path in paths)
        {
            object value = options;
            foreach (var property in path.Split('.')) value = value.GetType().GetProperty(property)?.GetValue(value) ?? throw new InvalidOperationException($"There is no {path}.");
        }
    }

    [GeneratedRegex("(Training[.][A-Za-z.]+) was ")]
    private static partial Regex PropertyPath();

    [Fact]
    public void Each_fold_of_a_cross_validation_has_checkpoints_of_its_own_and_goes_on_from_them()
    {
        var options = Options("Text", seed: null, validationFraction: 0);
        var whole = CrossValidate(options);

        options.Training.Checkpoint = Checkpoint();
        using var cancellation = new CancellationTokenSource();
        var started = 0;
        options.Training.CancellationToken = cancellation.Token;
        options.Training.Progress = new Listener(happened =>
        {
            if (happened is TrainingStarted) started++;
            if (started == 2 && happened is EpochCompleted) cancellation.Cancel();
        });
        Assert.ThrowsAny<OperationCanceledException>(() => CrossValidate(options));
        Assert.Equal(["fold-0", "fold-1"], Directory.EnumerateDirectories(Checkpoints).Select(Path.GetFileName).Order());

        (options.Training.Progress, options.Training.CancellationToken) = (null, default);
        var resumed = CrossValidate(options);
        Assert.Equal(["fold-0", "fold-1", "fold-2"], Directory.EnumerateDirectories(Checkpoints).Select(Path.GetFileName).Order());
        Assert.Empty(Directory.EnumerateFiles(Checkpoints));
        foreach (var (one, other) in whole.Zip(resumed))
        {
            Assert.Equal(one.Metrics.Perplexity, other.Metrics.Perplexity);
            AssertSame(((LanguageModelTransformer)one.Model).Model, ((LanguageModelTransformer)other.Model).Model);
        }

        static CrossValidationResult[] CrossValidate(RecurrentNetworkOptions options)
        {
            var mlContext = new MLContext(seed: 5);
            var trainer = mlContext.LanguageModeling.Trainers.RecurrentNetwork(options);
            return mlContext.LanguageModeling.CrossValidate(mlContext.View(Lines), trainer, numberOfFolds: 3);
        }
    }

    [Fact]
    public void A_checkpoint_that_cannot_be_written_is_a_warning_and_costs_no_model()
    {
        var options = Options("Text", seed: 7, validationFraction: 0);
        var whole = Fit(new MLContext(), options, "Text");
        options.Training.Checkpoint = Checkpoint();
        var isLost = false;
        options.Training.Progress = new Listener(happened =>
        {
            if (isLost || happened is not CheckpointWritten) return;
            isLost = true;
            Directory.Delete(Checkpoints, recursive: true);
            File.WriteAllText(Checkpoints, "");
        });
        var mlContext = new MLContext();
        mlContext.Log += (_, message) => log.Add((message.Kind, message.RawMessage));
        var model = mlContext.LanguageModeling.Trainers.RecurrentNetwork(options).Fit(DataOf(mlContext, "Text"));
        AssertSame(whole, model.Model);
        Assert.NotNull(model.Result!.CheckpointFault);
        Assert.Contains(log, line => line.Kind == ChannelMessageKind.Warning && line.Text.StartsWith("No checkpoint could be written: ", StringComparison.Ordinal));
    }

    private CheckpointOptions Checkpoint() => new() { Folder = Checkpoints, IntervalWindows = 2 };

    private static RecurrentNetworkOptions Options(string column, int? seed, double validationFraction)
    {
        var training = new TrainingOptions
        {
            Layers = 1,
            EmbeddingSize = 8,
            HiddenSize = 12,
            BatchSize = 4,
            BatchMode = column == "Words" ? BatchMode.Rows : BatchMode.Streams,
            Window = 6,
            Epochs = 3,
            Optimizer = new Adam { LearningRate = 0.02 },
            Threads = 1,
        };
        if (seed is { } given) training.Seed = given;
        return new RecurrentNetworkOptions { InputColumnName = column, Training = training, ValidationFraction = validationFraction };
    }

    private static IDataView DataOf(MLContext mlContext, string column)
    {
        if (column == "Text") return mlContext.View(Sample.Lines);
        var words = mlContext.ViewOfWords([.. Sample.Lines.Select(line => line.Split(' '))]);
        return column == "Words" ? words : mlContext.LanguageModeling.MapWordsToKeys("Keys", "Words").Fit(words).Transform(words);
    }

    private static LanguageModel Fit(MLContext mlContext, RecurrentNetworkOptions options, string column)
        => mlContext.LanguageModeling.Trainers.RecurrentNetwork(options).Fit(DataOf(mlContext, column)).Model;

    /// <summary>Fits until so many checkpoints have been written.</summary>
    private void CancelledAt(int checkpoint, RecurrentNetworkOptions options, MLContext mlContext, string column)
    {
        using var cancellation = new CancellationTokenSource();
        var written = 0;
        (options.Training.Checkpoint, options.Training.CancellationToken) = (Checkpoint(), cancellation.Token);
        options.Training.Progress = new Listener(happened =>
        {
            if (happened is CheckpointWritten && ++written == checkpoint) cancellation.Cancel();
        });
        try
        {
            Assert.Equal(StopReason.Cancelled, mlContext.LanguageModeling.Trainers.RecurrentNetwork(options).Fit(DataOf(mlContext, column)).Result!.StopReason);
        }
        catch (OperationCanceledException)
        {
            // Nothing was learned yet.
        }
        Assert.True(written >= checkpoint);
        (options.Training.Checkpoint, options.Training.CancellationToken, options.Training.Progress) = (null, default, null);
    }

    private static void AssertSame(LanguageModel expected, LanguageModel actual)
    {
        Assert.Equal<string>(expected.Vocabulary, actual.Vocabulary);
        Assert.Equal(expected.Tokenizer.Settings, actual.Tokenizer.Settings);
        Assert.Equal(expected.Training.Options, actual.Training.Options);
        Assert.Equal(FiguresOf(expected), FiguresOf(actual));
        foreach (var (one, other) in expected.Network.CopyWeights().Parameters.Zip(actual.Network.CopyWeights().Parameters))
            Assert.Equal(one.Values.Select(FullPrediction.Bits), other.Values.Select(FullPrediction.Bits));
    }

    private static IEnumerable<KeyValuePair<string, double>> FiguresOf(LanguageModel model) => model.Training.Figures.Where(figure => !Times.Contains(figure.Key)).OrderBy(figure => figure.Key);
}
