using static RnnLm.Training.Tests.SmallRun;

namespace RnnLm.Training.Tests;

public class TimeLimitTests
{
    private static TrainingResult TrainFor(double seconds, double validation = 0, bool validate = true, Func<int, double>? losses = null)
    {
        // A step takes a second, so an epoch takes four, and the time of its validation.
        var time = new ManualTime();
        var engine = new ScriptedEngine(time)
        {
            StepTime = TimeSpan.FromSeconds(1),
            ValidationTime = TimeSpan.FromSeconds(validation),
            Step = step => new WindowResult(10 - step * 0.1, 1),
            Validation = losses ?? (number => 5 - number),
        };
        return Train(engine, options => options.TimeLimit = TimeSpan.FromSeconds(seconds), validate, time);
    }

    [Fact]
    public void Training_stops_within_an_epoch_when_the_time_is_over()
    {
        var result = TrainFor(seconds: 6);
        Assert.Equal(StopReason.TimeLimit, result.StopReason);
        Assert.Equal([1, 0.5], result.Epochs.Select(epoch => epoch.Share));
        Assert.Equal(TimeSpan.FromSeconds(6), result.Elapsed);
    }

    [Fact]
    public void What_was_trained_until_then_is_validated_and_kept_where_it_is_the_best()
    {
        var result = TrainFor(seconds: 6);
        Assert.Equal(2, result.BestEpoch);
        Assert.Equal(6, ScriptedEngine.StepsOf(result.Weights));
        Assert.Equal(Math.Exp(3), result.BestValidationPerplexity!.Value, 12);
    }

    [Fact]
    public void What_was_trained_until_then_is_left_where_an_earlier_epoch_was_better()
    {
        var result = TrainFor(seconds: 6, losses: number => number);
        Assert.Equal(1, result.BestEpoch);
        Assert.Equal(StepsInEpoch, ScriptedEngine.StepsOf(result.Weights));
    }

    [Fact]
    public void The_last_validation_is_done_within_the_time()
    {
        // First epoch: 4 s and 2 s of validation. At 9 s training stops, since validation takes the 2 s that are left.
        var result = TrainFor(seconds: 11, validation: 2);
        Assert.Equal([1, 0.75], result.Epochs.Select(epoch => epoch.Share));
        Assert.Equal(TimeSpan.FromSeconds(11), result.Elapsed);
    }

    [Fact]
    public void An_epoch_is_not_begun_where_no_time_is_left_for_its_validation()
    {
        var result = TrainFor(seconds: 7.5, validation: 2);
        Assert.Equal(StopReason.TimeLimit, result.StopReason);
        Assert.Equal(1, Assert.Single(result.Epochs).Share);
    }

    [Fact]
    public void A_time_that_is_over_within_the_first_epoch_gives_its_weights()
    {
        var result = TrainFor(seconds: 2, validation: 2);
        Assert.Equal(StopReason.TimeLimit, result.StopReason);
        Assert.Equal(2, ScriptedEngine.StepsOf(result.Weights));
        Assert.NotNull(result.BestValidationPerplexity);
    }

    [Theory]
    [InlineData(8.0)]
    [InlineData(7.99)]
    public void A_time_that_is_over_before_anything_was_learned_is_a_failure_that_says_so(double loss)
    {
        foreach (var validate in new[] { true, false })
        {
            var failure = Assert.Throws<TrainingFailedException>(() => TrainFor(seconds: 1, validate: validate, losses: _ => loss));
            Assert.IsType<TimeoutException>(failure.InnerException);
            Assert.Equal("Nothing was learned within the time limit of 1.0 s. Allow more time.", failure.InnerException.Message);
            Assert.Contains("There are no weights to keep.", failure.Message);
            Assert.Null(failure.Best);
            Assert.Equal((1, 1L), (failure.Epoch, failure.Step));
        }
    }

    [Fact]
    public void A_time_that_is_over_when_the_first_epoch_has_made_no_sense_is_divergence()
        => Assert.Throws<TrainingDivergedException>(() => TrainFor(seconds: 1, losses: _ => 100));

    [Fact]
    public void However_short_the_time_one_step_is_made()
        => Assert.Equal(1, ScriptedEngine.StepsOf(TrainFor(seconds: 0.001).Weights));

    [Fact]
    public void Without_validation_the_last_weights_are_given()
        => Assert.Equal(6, ScriptedEngine.StepsOf(TrainFor(seconds: 6, validate: false).Weights));

    [Fact]
    public void A_time_that_is_long_enough_changes_nothing()
        => Assert.Equal(StopReason.EpochsCompleted, TrainFor(seconds: 12).StopReason);
}
