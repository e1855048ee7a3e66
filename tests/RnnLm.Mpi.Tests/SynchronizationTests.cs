namespace RnnLm.Mpi.Tests;

public sealed class SynchronizationTests
{
    // So great that nothing is clipped.
    private const double NoClip = 1e6;

    public static TheoryData<string> Both => ["gradients", "local"];

    [Theory]
    [MemberData(nameof(Both))]
    public void One_rank_learns_what_the_managed_engine_does_bit_for_bit(string kind)
        => Trainings.AssertSame(Trainings.TrainAlone(Texts.Rich()), Trainings.Train(1, Of(kind), Texts.Rich())[0]);

    [Theory]
    [InlineData(2, "sgd", false, BatchMode.Streams)]
    [InlineData(2, "adam", true, BatchMode.Streams)]
    [InlineData(3, "adam", false, BatchMode.Streams)]
    [InlineData(3, "adamw", false, BatchMode.Rows)]
    [InlineData(2, "adam", true, BatchMode.Rows)]
    public void Synchronous_gradients_learn_what_one_with_all_their_streams_does_but_for_rounding(int ranks, string optimizer, bool tied, BatchMode mode)
    {
        var options = Texts.Options(OptimizerOf(optimizer));
        (options.BatchMode, options.Tied) = (mode, tied);
        if (tied) options.EmbeddingSize = options.HiddenSize;
        var all = Trainings.Train(ranks, new GradientSynchronization(), options);
        options.BatchSize *= ranks;
        var alone = Trainings.TrainAlone(options);
        Assert.All(all, one => Assert.True(Trainings.Distance(one.Result.Weights, alone.Result.Weights) < 1e-3, $"{Trainings.Distance(one.Result.Weights, alone.Result.Weights)}"));
        foreach (var (one, expected) in all[0].Result.Epochs.Zip(alone.Result.Epochs))
        {
            Assert.Equal(expected.Words, one.Words);
            Assert.Equal(1, one.TrainingPerplexity / expected.TrainingPerplexity, 4);
            Assert.Equal(1, one.ValidationPerplexity!.Value / expected.ValidationPerplexity!.Value, 4);
        }
    }

    [Fact]
    public void So_they_do_with_an_adaptive_softmax()
    {
        var options = Texts.Options(new Sgd { LearningRate = 1 });
        options.Softmax = new AdaptiveSoftmax { Cutoffs = [5] };
        var all = Trainings.Train(2, new GradientSynchronization(), options);
        options.BatchSize *= 2;
        Assert.True(Trainings.Distance(all[1].Result.Weights, Trainings.TrainAlone(options).Result.Weights) < 1e-3);
    }

    /// <summary>The mean of weights after one step of gradient descent each is the weights after one step along the mean of the gradients.</summary>
    [Fact]
    public void Local_steps_of_one_window_each_are_synchronous_gradients_of_SGD_but_for_rounding()
    {
        var options = Texts.Options(new Sgd { LearningRate = 1 });
        options.GradientClip = NoClip;
        options.Epochs = 1;
        var local = Trainings.Train(2, new LocalSteps { LocalWindows = 1, OuterMomentum = 0 }, options);
        var synchronous = Trainings.Train(2, new GradientSynchronization(), options);
        // In the last window of an epoch one has fewer targets than the other; its loss is of the weights before.
        Assert.Equal(1, local[0].Result.Epochs[0].TrainingPerplexity / synchronous[0].Result.Epochs[0].TrainingPerplexity, 5);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void All_ranks_have_the_same_model_and_three_repeat_it_bit_for_bit(string kind)
    {
        var first = Trainings.Train(3, Of(kind), Texts.Rich());
        Trainings.AssertSame(first[0], first[1]);
        Trainings.AssertSame(first[0], first[2]);
        foreach (var (one, again) in first.Zip(Trainings.Train(3, Of(kind), Texts.Rich()))) Trainings.AssertSame(one, again);
        Assert.True(Trainings.Distance(first[0].Result.Weights, Trainings.Train(2, Of(kind), Texts.Rich())[0].Result.Weights) > 1e-3);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void So_they_have_where_some_have_windows_without_a_word(string kind)
    {
        var options = Texts.Options();
        (options.BatchMode, options.BatchSize, options.Window, options.Epochs) = (BatchMode.Rows, 1, 2, 3);
        options.Softmax = new SampledSoftmax { Samples = 3 };
        var ranks = Trainings.Train(3, Of(kind), options);
        Trainings.AssertSame(ranks[0], ranks[1]);
        Trainings.AssertSame(ranks[0], ranks[2]);
    }

    [Theory]
    [InlineData("gradients", BatchMode.Streams)]
    [InlineData("local", BatchMode.Streams)]
    [InlineData("gradients", BatchMode.Rows)]
    [InlineData("local", BatchMode.Rows)]
    public void Every_word_is_learned_once_an_epoch_and_something_is_learned(string kind, BatchMode mode)
    {
        var options = Texts.Options();
        (options.BatchMode, options.Epochs) = (mode, 6);
        var ranks = Trainings.Train(2, Of(kind), options);
        var alone = Trainings.TrainAlone(options);
        Assert.All(ranks, rank => Assert.Equal(alone.Result.Epochs.Select(epoch => epoch.Words), rank.Result.Epochs.Select(epoch => epoch.Words)));
        Assert.True(ranks[0].Result.BestValidationPerplexity < 6, $"{ranks[0].Result.BestValidationPerplexity}");
    }

    [Theory]
    [InlineData(typeof(TriggeredAverage))]
    [InlineData(typeof(ExponentialAverage))]
    public void Averages_of_weights_are_the_same_for_all_ranks(Type average)
    {
        var options = Texts.Options(new Sgd { LearningRate = 10 });
        options.Averaging = average == typeof(TriggeredAverage) ? new TriggeredAverage { Interval = 1, NonmonotoneInterval = 1 } : new ExponentialAverage { Start = 0, Interval = 3 };
        options.Schedule = new ConstantSchedule();
        options.Epochs = 20;
        foreach (var kind in (string[])["gradients", "local"])
        {
            var ranks = Trainings.Train(2, Of(kind), options);
            Trainings.AssertSameWeights(ranks[0], ranks[1]);
            Assert.Contains(ranks[0].Result.Epochs, epoch => epoch.IsAveraged);
        }
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void An_epoch_that_is_undone_is_undone_by_all(string kind)
    {
        var options = Texts.Options(new Sgd { LearningRate = 10 });
        options.Schedule = new PlateauSchedule { Factor = 0.5, Undo = true };
        options.Epochs = options.Patience = 20;
        var ranks = Trainings.Train(2, Of(kind), options);
        Trainings.AssertSameWeights(ranks[0], ranks[1]);
        Assert.Contains(ranks[0].Result.Epochs, epoch => epoch.IsUndone);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void The_divergence_of_one_rank_is_that_of_all(string kind)
    {
        var options = Texts.Options(new Sgd { LearningRate = 1e30 });
        options.GradientClip = NoClip;
        var outcomes = Trainings.Try(2, Of(kind), options);
        Assert.All(outcomes, outcome => Assert.IsType<TrainingDivergedException>(outcome.Fault));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void Without_validation_text_all_ranks_tell_the_same(string kind)
    {
        var perplexities = ThreadRanks.Run(2, communicator =>
        {
            var trainer = new LanguageModelTrainer(Texts.Options(), new MpiEngine(Of(kind), () => communicator));
            return trainer.Train(Tokenizer.Whitespace, Texts.Lines(60, 1)).Result.Epochs.Select(epoch => epoch.TrainingPerplexity).ToArray();
        });
        for (var epoch = 0; epoch < perplexities[0].Length; epoch++) Assert.Equal(1, perplexities[0][epoch] / perplexities[1][epoch], 9);
    }

    [Fact]
    public void Options_of_local_steps_that_are_out_of_range_are_refused_all_at_once()
    {
        var fault = Assert.Throws<ArgumentException>(() => new MpiEngine(new LocalSteps { LocalWindows = 0, OuterLearningRate = 0, OuterMomentum = 1 }));
        Assert.StartsWith(
            "LocalWindows is 0; it must be at least 1. OuterLearningRate is 0; it must be a finite number above 0. OuterMomentum is 1; it must be from 0 to below 1.", fault.Message,
            StringComparison.Ordinal);
    }

    internal static Synchronization Of(string kind) => kind == "local" ? new LocalSteps { LocalWindows = 4 } : new GradientSynchronization();

    private static Optimizer OptimizerOf(string name) => name switch
    {
        "sgd" => new Sgd { LearningRate = 1 },
        "adam" => new Adam { LearningRate = 0.01, WeightDecay = 0.001 },
        _ => new AdamW { LearningRate = 0.01, WeightDecay = 0.01 },
    };
}
