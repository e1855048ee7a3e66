using static RnnLm.Training.Tests.SmallRun;

namespace RnnLm.Training.Tests;

public class AnnealingTests
{
    private static ScriptedEngine Validating(params double[] losses) => new() { Validation = validation => losses[validation - 1] };

    private static double[] RatesByEpoch(ScriptedEngine engine) => [.. engine.LearningRates.Where((_, step) => step % StepsInEpoch == 0)];

    [Fact]
    public void The_learning_rate_is_lowered_after_each_epoch_that_is_not_better_than_the_best()
    {
        // The fourth epoch is better than the third, but not than the second.
        var engine = Validating(5, 3, 4, 3.5, 2);
        var result = Train(engine, options => options.Epochs = 5);
        Assert.Equal([16, 16, 16, 4, 1], RatesByEpoch(engine));
        Assert.Equal([16, 16, 16, 4, 1], result.Epochs.Select(epoch => epoch.LearningRate));
        Assert.Equal(5, result.BestEpoch);
    }

    [Fact]
    public void An_annealing_of_one_leaves_the_learning_rate_as_it_is()
    {
        var engine = Validating(1, 2, 3);
        Train(engine, options => options.Schedule = new PlateauSchedule { Factor = 1 });
        Assert.Equal([16, 16, 16], RatesByEpoch(engine));
    }

    [Fact]
    public void Without_validation_the_learning_rate_stays()
    {
        var engine = new ScriptedEngine { Step = step => new WindowResult(step, 1) };
        Train(engine, validate: false);
        Assert.Equal([16, 16, 16], RatesByEpoch(engine));
    }

    [Fact]
    public void Training_stops_after_as_many_epochs_without_improvement_as_patience_allows()
    {
        var result = Train(Validating(3, 2, 2.5, 2.4), options => (options.Epochs, options.Patience) = (100, 2));
        Assert.Equal(StopReason.NoImprovement, result.StopReason);
        Assert.Equal(4, result.Epochs.Count);
        Assert.Equal(2, result.BestEpoch);
        Assert.Equal(2 * StepsInEpoch, ScriptedEngine.StepsOf(result.Weights));
    }

    [Fact]
    public void An_improvement_makes_patience_whole_again()
    {
        var result = Train(Validating(3, 4, 2, 4, 1, 4, 4), options => (options.Epochs, options.Patience) = (100, 2));
        Assert.Equal(7, result.Epochs.Count);
        Assert.Equal(5, result.BestEpoch);
    }

    [Fact]
    public void Without_validation_patience_has_no_effect()
    {
        var engine = new ScriptedEngine { Step = step => new WindowResult(step, 1) };
        var result = Train(engine, options => (options.Epochs, options.Patience) = (6, 1), validate: false);
        Assert.Equal(6, result.Epochs.Count);
    }
}
