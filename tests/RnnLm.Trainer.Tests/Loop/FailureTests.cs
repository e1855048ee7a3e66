using static RnnLm.Training.Tests.SmallRun;

namespace RnnLm.Training.Tests;

public class FailureTests
{
    private const int SecondStepOfSecondEpoch = StepsInEpoch + 2;

    private static ScriptedEngine Diverging(long atStep, WindowResult result)
        => new() { Step = step => step == atStep ? result : new WindowResult(2, 1) };

    private static ScriptedEngine Breaking(long atStep)
        => new() { Step = step => step == atStep ? throw new IOException("The device is gone.") : new WindowResult(2, 1) };

    [Theory]
    [InlineData(double.NaN, 1)]
    [InlineData(double.PositiveInfinity, 1)]
    [InlineData(1, double.NaN)]
    [InlineData(1, double.PositiveInfinity)]
    public void A_loss_or_gradient_that_is_not_finite_ends_training_and_says_where(double loss, double norm)
    {
        var engine = Diverging(SecondStepOfSecondEpoch, new WindowResult(loss, norm));
        var exception = Assert.Throws<TrainingDivergedException>(() => Train(engine));
        Assert.Equal((2, SecondStepOfSecondEpoch, 16.0), (exception.Epoch, exception.Step, exception.LearningRate));
        Assert.Contains("step 6 (epoch 2, learning rate 16)", exception.Message);
        Assert.Contains("Lower the learning rate from 16 to 4, say", exception.Message);
        Assert.Contains("clip the gradient's norm below 0.25", exception.Message);
    }

    [Fact]
    public void Where_training_diverges_the_best_weights_are_kept()
    {
        var exception = Assert.Throws<TrainingDivergedException>(() => Train(Diverging(SecondStepOfSecondEpoch, new WindowResult(double.NaN, 1))));
        var best = exception.Best!;
        Assert.Equal(StopReason.Diverged, best.StopReason);
        Assert.Equal(1, best.BestEpoch);
        Assert.Equal(StepsInEpoch, ScriptedEngine.StepsOf(best.Weights));
        Assert.Equal([1, 0.25], best.Epochs.Select(epoch => epoch.Share));
        Assert.Contains("epoch 1, validation perplexity 7.39 as one stream", exception.Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Where_training_diverges_in_the_first_epoch_the_weights_that_diverged_are_not_kept(bool validate)
    {
        var engine = new ScriptedEngine { Step = step => step == 4 ? new WindowResult(double.NaN, 1) : new WindowResult(5 - step, 1) };
        var exception = Assert.Throws<TrainingDivergedException>(() => Train(engine, validate: validate));
        Assert.Null(exception.Best);
        Assert.Contains("There are no weights to keep.", exception.Message);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(180.5)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Weights_whose_loss_is_absurd_are_never_kept(double absurd)
    {
        // Of thirty words; the last step of an epoch is the one by which training diverges, so that no loss of training has shown it.
        foreach (var validate in new[] { true, false })
        {
            var engine = new ScriptedEngine { Validation = validation => validation == 1 ? 2 : absurd, Step = step => new WindowResult(5 - step * 0.1, 1) };
            var best = Assert.Throws<TrainingDivergedException>(() => Train(engine, validate: validate)).Best!;
            Assert.Equal(1, best.BestEpoch);
            Assert.Equal(StepsInEpoch, ScriptedEngine.StepsOf(best.Weights));
        }
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(100, false)]
    [InlineData(double.NaN, true)]
    [InlineData(double.NaN, false)]
    public void A_run_without_an_epoch_that_makes_sense_has_diverged(double absurd, bool validate)
    {
        var exception = Assert.Throws<TrainingDivergedException>(() => Train(new ScriptedEngine { Validation = _ => absurd }, validate: validate));
        Assert.Null(exception.Best);
        Assert.Null(exception.BestModel);
        Assert.Contains("Lower the learning rate", exception.Message);
        if (double.IsFinite(absurd)) Assert.Contains("the loss is 100 a word, and 3.4 where all words are equally probable", exception.Message);
    }

    [Theory]
    [InlineData(100, 2, true)]
    [InlineData(100, 2, false)]
    [InlineData(800, 1, true)]
    [InlineData(800, 1, false)]
    [InlineData(double.NaN, 1, true)]
    [InlineData(double.NaN, 1, false)]
    public void A_run_fails_at_once_where_there_is_no_hope_that_it_recovers(double absurd, int epochs, bool validate)
    {
        var engine = new ScriptedEngine { Validation = _ => absurd };
        var exception = Assert.Throws<TrainingDivergedException>(() => Train(engine, options => options.Epochs = 30, validate));
        Assert.Equal(epochs, exception.Epoch);
        Assert.Equal(epochs * StepsInEpoch, engine.LearningRates.Count);
    }

    [Fact]
    public void A_last_epoch_that_makes_no_sense_leaves_the_best_one()
    {
        var result = Train(new ScriptedEngine { Validation = validation => validation == 3 ? 100 : 5 - validation });
        Assert.Equal(2, result.BestEpoch);
        Assert.Equal(StopReason.EpochsCompleted, result.StopReason);
    }

    [Fact]
    public void The_advice_is_about_the_learning_rate_that_was_set_not_the_annealed_one()
    {
        var engine = new ScriptedEngine { Validation = validation => validation <= 3 ? 2 : double.NaN };
        var exception = Assert.Throws<TrainingDivergedException>(
            () => Train(engine, options => (options.Epochs, options.Schedule) = (9, new PlateauSchedule())));
        Assert.True(exception.LearningRate < 16);
        Assert.Contains("Lower the learning rate from 16 to 4, say", exception.Message);
    }

    [Fact]
    public void A_run_that_passes_through_absurd_weights_may_recover()
    {
        var engine = new ScriptedEngine { Step = step => new WindowResult(step <= StepsInEpoch ? 100 : 2, 1), Validation = validation => validation == 1 ? 100 : 1 };
        var result = Train(engine);
        Assert.Equal(2, result.BestEpoch);
        Assert.Equal([false, true, false], result.Epochs.Select(epoch => epoch.IsBest));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(1e30)]
    public void A_learning_rate_that_is_far_too_great_fails(double learningRate)
    {
        var lines = Enumerable.Range(0, 60).Select(line => string.Join(' ', Enumerable.Range(0, 10).Select(word => $"w{(line * 7) + (word * word) % 11}")));
        var options = new TrainingOptions
        {
            EmbeddingSize = 16,
            HiddenSize = 16,
            Layers = 2,
            Epochs = 3,
            BatchSize = 4,
            Window = 10,
            Threads = 1,
            Optimizer = new Adam { LearningRate = learningRate },
        };
        foreach (var cell in Enum.GetValues<CellKind>())
        {
            options.Cell = cell;
            Assert.Null(Assert.Throws<TrainingDivergedException>(() => new LanguageModelTrainer(options).Train(Tokenizer.Whitespace, lines, lines)).BestModel);
            Assert.Null(Assert.Throws<TrainingDivergedException>(() => new LanguageModelTrainer(options).Train(Tokenizer.Whitespace, lines)).BestModel);
        }
    }

    [Fact]
    public void Where_training_diverges_at_the_first_step_there_is_nothing_to_keep()
    {
        var exception = Assert.Throws<TrainingDivergedException>(() => Train(Diverging(1, new WindowResult(double.NaN, 1))));
        Assert.Null(exception.Best);
        Assert.Contains("There are no weights to keep.", exception.Message);
    }

    [Fact]
    public void A_validation_loss_that_is_not_finite_is_divergence_too()
    {
        var engine = new ScriptedEngine { Validation = validation => validation == 2 ? double.NaN : 2 };
        var exception = Assert.Throws<TrainingDivergedException>(() => Train(engine));
        Assert.Contains("the validation loss is NaN", exception.Message);
        Assert.Equal(1, exception.Best!.BestEpoch);
    }

    [Fact]
    public void Weights_that_are_not_finite_are_never_kept()
    {
        // No loss has shown it: the last update of the epoch was the one that overflowed.
        var exception = Assert.Throws<TrainingDivergedException>(
            () => Train(new ScriptedEngine { Written = weights => weights.Layers[0].Recurrent.Values[2] = float.PositiveInfinity }));
        Assert.Contains("layers.0.recurrent", exception.Message);
        Assert.Null(exception.Best);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Initial_weights_that_are_not_finite_are_refused_before_anything_is_trained(float value)
    {
        var shape = Options().ShapeFor(SmallRun.Vocabulary.Count);
        for (var place = 0; place < new NetworkWeights(shape).Parameters.Count(); place++)
        {
            var initial = WeightInitialization.Create(shape, seed: 1);
            var broken = initial.Parameters.ElementAt(place);
            broken.Values[^1] = value;
            var engine = new ScriptedEngine();
            var exception = Assert.Throws<ArgumentException>(
                "initial", () => new LanguageModelTrainer(Options(), engine).Train(Tokenizer.Whitespace, SmallRun.Vocabulary, Corpus, initial: initial));
            Assert.StartsWith($"The initial weights of {broken.Name} are not all finite numbers", exception.Message, StringComparison.Ordinal);
            Assert.Empty(engine.LearningRates);
        }
    }

    [Fact]
    public void Where_the_engine_fails_the_best_weights_are_kept_and_its_exception_is_the_cause()
    {
        var engine = Breaking(SecondStepOfSecondEpoch);
        var exception = Assert.Throws<TrainingFailedException>(() => Train(engine));
        Assert.IsType<IOException>(exception.InnerException);
        Assert.Contains("\"scripted\" failed at step 6 (epoch 2, learning rate 16): The device is gone.", exception.Message);
        Assert.Equal(StopReason.Failed, exception.Best!.StopReason);
        Assert.Equal(StepsInEpoch, ScriptedEngine.StepsOf(exception.Best.Weights));
        Assert.Equal(1, engine.Disposals);
    }

    [Fact]
    public void Where_the_engine_fails_in_the_first_epoch_its_weights_are_kept_if_they_have_learned()
    {
        ScriptedEngine Breaks(double loss) => new() { Step = step => step == 3 ? throw new IOException("The device is gone.") : new WindowResult(2, 1), Validation = _ => loss };
        var exception = Assert.Throws<TrainingFailedException>(() => Train(Breaks(loss: 2)));
        Assert.Equal(0.5, Assert.Single(exception.Best!.Epochs).Share);
        Assert.True(exception.Best.Epochs[0].IsBest);
        Assert.Null(Assert.Throws<TrainingFailedException>(() => Train(Breaks(loss: 8))).Best);
    }

    [Fact]
    public void Where_the_engine_can_no_longer_hand_over_its_weights_there_is_nothing_to_keep()
    {
        var engine = new ScriptedEngine
        {
            Step = step => step == 3 ? throw new IOException("The device is gone.") : new WindowResult(2, 1),
            Reading = _ => throw new IOException("The device is still gone."),
            Disposing = () => throw new IOException("And cannot be released."),
        };
        var exception = Assert.Throws<TrainingFailedException>(() => Train(engine));
        Assert.Null(exception.Best);
        Assert.Equal("The device is gone.", exception.InnerException!.Message);
    }

    [Fact]
    public void Where_reading_better_weights_fails_half_way_the_earlier_ones_are_whole()
    {
        var engine = new ScriptedEngine
        {
            Validation = validation => 5 - validation,
            Reading = reading =>
            {
                if (reading == 3) throw new IOException("The device is gone.");
            },
        };
        var exception = Assert.Throws<TrainingFailedException>(() => Train(engine));
        Assert.Equal(2, exception.Best!.BestEpoch);
        Assert.Equal(2 * StepsInEpoch, ScriptedEngine.StepsOf(exception.Best.Weights));
    }

    [Fact]
    public void A_validation_that_fails_does_not_lose_the_epoch()
    {
        var engine = new ScriptedEngine { Validation = _ => throw new IOException("The device is gone.") };
        var exception = Assert.Throws<TrainingFailedException>(() => Train(engine));
        Assert.Equal(StepsInEpoch, ScriptedEngine.StepsOf(exception.Best!.Weights));
    }

    [Fact]
    public void An_engine_that_cancels_by_itself_has_failed()
    {
        var engine = new ScriptedEngine { Validation = _ => throw new OperationCanceledException() };
        Assert.IsType<OperationCanceledException>(Assert.Throws<TrainingFailedException>(() => Train(engine)).InnerException);
    }
}
