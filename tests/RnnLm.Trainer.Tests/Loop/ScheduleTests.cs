using static RnnLm.Training.Tests.SmallRun;

namespace RnnLm.Training.Tests;

/// <summary>Schedules that span a run, epochs that are undone, and averages, as the training loop brings them about.</summary>
public class ScheduleTests
{
    private static readonly OneCycleSchedule Cycle = new() { Curve = ScheduleCurve.Linear, Warmup = 0.5, StartDivisor = 4, FinalDivisor = 16 };

    [Fact]
    public void A_cycle_goes_once_over_all_epochs_window_by_window_whatever_validation_says()
    {
        var engine = new ScriptedEngine { Validation = number => number };
        var result = Train(engine, options => (options.Schedule, options.Patience) = (Cycle, 1));
        double[] up = [4, 6, 8, 10, 12, 14], down = [16, 13.5, 11, 8.5, 6, 3.5];
        Assert.Equal([.. up, .. down], engine.LearningRates.Select(rate => Math.Round(rate, 12)));
        Assert.Equal(StopReason.EpochsCompleted, result.StopReason);
        Assert.Equal(1, result.BestEpoch);
    }

    [Fact]
    public void A_cycle_ends_with_the_time_where_that_ends_the_run()
    {
        // A step takes a second, and a validation two: of 14 seconds 12 are left for training in two epochs, and the second validation.
        var time = new ManualTime();
        var engine = new ScriptedEngine(time) { StepTime = TimeSpan.FromSeconds(1), ValidationTime = TimeSpan.FromSeconds(2), Validation = number => 5.0 / number };
        var result = Train(engine, options => (options.Schedule, options.Epochs, options.TimeLimit) = (Cycle, 1000, TimeSpan.FromSeconds(12)), time: time);
        Assert.Equal(StopReason.TimeLimit, result.StopReason);
        Assert.Equal(TimeSpan.FromSeconds(12), result.Elapsed);
        // The shares are 0 to 3 of 12 seconds, and when the time of a validation is known, 6 to 9 of 10.
        double[] shares = [0, 1 / 12.0, 2 / 12.0, 3 / 12.0, 0.6, 0.7, 0.8, 0.9];
        Assert.Equal(shares.Select(RateAt), engine.LearningRates.Select(rate => Math.Round(rate, 12)));

        static double RateAt(double share) => Math.Round(share < 0.5 ? 4 + 24 * share : 16 - 30 * (share - 0.5), 12);
    }

    [Fact]
    public void Beta1_is_set_before_each_window()
    {
        var engine = new ScriptedEngine();
        Train(engine, options => (options.Optimizer, options.Schedule) = (new Adam(), new OneCycleSchedule { Curve = ScheduleCurve.Linear, Warmup = 0.5, HighestBeta1 = 0.92, LowestBeta1 = 0.8 }));
        Assert.Equal([0.92, 0.9, 0.88, 0.86, 0.84, 0.82, 0.8, 0.82, 0.84, 0.86, 0.88, 0.9], engine.Beta1s.Select(beta1 => Math.Round(beta1, 12)));
    }

    [Fact]
    public void An_epoch_that_has_not_improved_is_undone_with_a_lower_rate()
    {
        var engine = new ScriptedEngine { Validation = number => ((double[])[5, 3, 4, 3.5, 2])[number - 1] };
        var result = Train(engine, options => (options.Epochs, options.Schedule) = (5, new PlateauSchedule { Undo = true }));
        Assert.Equal([false, false, true, true, false], result.Epochs.Select(epoch => epoch.IsUndone));
        Assert.Equal([2L * StepsInEpoch, 2L * StepsInEpoch], engine.Taken);
        Assert.Equal([16, 16, 16, 4, 1], result.Epochs.Select(epoch => epoch.LearningRate));
        Assert.Contains(" (undone), learning rate 4,", result.Epochs[3].ToString(), StringComparison.Ordinal);
        Assert.Equal(5, result.BestEpoch);
    }

    [Fact]
    public void Without_validation_nothing_is_undone()
    {
        var engine = new ScriptedEngine { Step = step => new WindowResult(step, 1) };
        Assert.DoesNotContain(Train(engine, options => options.Schedule = new PlateauSchedule { Undo = true }, validate: false).Epochs, epoch => epoch.IsUndone);
        Assert.Empty(engine.Taken);
    }

    [Fact]
    public void An_average_begins_after_its_share_of_the_run()
    {
        var engine = new ScriptedEngine { Validation = number => 5 - number };
        var result = Train(engine, options => options.Averaging = new ExponentialAverage { Start = 0.5, Interval = 2, Decay = 0.5 });
        Assert.Equal([(6, 1), (8, 0.75 / (1 - 1 / 16.0)), (10, 0.75 / (1 - 1 / 64.0)), (12, 0.75 / (1 - 1 / 256.0))], engine.Averaged);
        Assert.Equal([false, true, true], result.Epochs.Select(epoch => epoch.IsAveraged));
    }

    [Fact]
    public void Patience_does_not_count_until_an_average_is_triggered()
    {
        var engine = new ScriptedEngine { Validation = number => number == 1 ? 2 : 3 };
        var result = Train(engine, options => (options.Epochs, options.Patience, options.Averaging, options.Schedule) =
            (100, 2, new TriggeredAverage { NonmonotoneInterval = 5, Interval = 4 }, new ConstantSchedule()));
        // The seventh epoch is worse than the first, which is the best of all but the last five before it.
        Assert.Equal(StopReason.NoImprovement, result.StopReason);
        Assert.Equal([.. Enumerable.Repeat(false, 7), true], result.Epochs.Select(epoch => epoch.IsAveraged));
        Assert.Equal([(7L * StepsInEpoch + 1, 1.0)], engine.Averaged);
    }

    [Fact]
    public void Patience_does_not_count_until_an_exponential_average_begins()
    {
        var engine = new ScriptedEngine { Validation = number => number == 1 ? 2 : 3 };
        var result = Train(engine, options => (options.Epochs, options.Patience, options.Averaging, options.Schedule) = (10, 2, new ExponentialAverage { Start = 0.5 }, new ConstantSchedule()));
        Assert.Equal(StopReason.NoImprovement, result.StopReason);
        Assert.Equal([false, false, false, false, true, true], result.Epochs.Select(epoch => epoch.IsAveraged));
    }

    [Fact]
    public void Without_validation_the_latest_average_is_the_best()
    {
        var engine = new ScriptedEngine { Step = step => new WindowResult(step * step, 1) };
        Assert.Equal(1, Train(engine, options => options.Epochs = 4, validate: false).BestEpoch);
        Assert.Equal(4, Train(engine, options => (options.Epochs, options.Averaging) = (4, new ExponentialAverage { Start = 0.4 }), validate: false).BestEpoch);
    }

    [Fact]
    public void An_average_begins_anew_where_an_epoch_is_undone()
    {
        var engine = new ScriptedEngine { Validation = number => number == 2 ? 1 : 3 };
        Train(engine, options => (options.Epochs, options.Schedule, options.Averaging) = (4, new PlateauSchedule { Undo = true }, new ExponentialAverage { Start = 0.6, Interval = 4, Decay = 0.5 }));
        Assert.Equal([(10, 1.0), (13, 1.0)], engine.Averaged);
    }

    [Fact]
    public void An_engine_that_cannot_is_a_failure_that_says_so()
    {
        var failure = Assert.Throws<TrainingFailedException>(() => Train(new ScriptedEngine { CanAverage = false }, options => options.Averaging = new ExponentialAverage { Start = 0 }));
        Assert.Contains("This engine cannot average weights.", failure.Message, StringComparison.Ordinal);
    }
}
