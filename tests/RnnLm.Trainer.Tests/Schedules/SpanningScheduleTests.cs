namespace RnnLm.Training.Tests.Schedules;

public class SpanningScheduleTests
{
    public static TheoryData<LearningRateSchedule, double, double> Rates => new()
    {
        { new OneCycleSchedule(), 0, 2.0 / 25 },
        { new OneCycleSchedule(), 0.15, (2.0 / 25 + 2) / 2 },
        { new OneCycleSchedule(), 0.3, 2 },
        { new OneCycleSchedule(), 0.65, (2 + 2e-4) / 2 },
        { new OneCycleSchedule(), 1, 2e-4 },
        { new OneCycleSchedule { Curve = ScheduleCurve.Linear, Warmup = 0.5, StartDivisor = 4, FinalDivisor = 8 }, 0.125, 0.875 },
        { new OneCycleSchedule { Curve = ScheduleCurve.Linear, Warmup = 0.5, StartDivisor = 4, FinalDivisor = 8 }, 0.75, 1.125 },
        { new OneCycleSchedule { Warmup = 0 }, 0, 2 },
        { new CosineSchedule(), 0, 2 },
        { new CosineSchedule(), 1.0 / 3, 1.5 },
        { new CosineSchedule(), 0.5, 1 },
        { new CosineSchedule(), 1, 0 },
        { new CosineSchedule { Warmup = 0.2, FinalShare = 0.1 }, 0, 0 },
        { new CosineSchedule { Warmup = 0.2, FinalShare = 0.1 }, 0.05, 0.5 },
        { new CosineSchedule { Warmup = 0.2, FinalShare = 0.1 }, 0.2, 2 },
        { new CosineSchedule { Warmup = 0.2, FinalShare = 0.1 }, 0.6, 1.1 },
        { new CosineSchedule { Warmup = 0.2, FinalShare = 0.1 }, 1, 0.2 },
        { new ConstantSchedule(), 0.7, 2 },
    };

    [Theory]
    [MemberData(nameof(Rates))]
    public void The_learning_rate_follows_from_the_share_of_the_run(LearningRateSchedule schedule, double share, double expected)
    {
        var course = schedule.Begin(2);
        course.Advance(share);
        Assert.Equal(expected, course.Value, 1e-12);
        Assert.Null(course.Beta1);
    }

    [Fact]
    public void Beta1_goes_the_other_way_than_the_learning_rate()
    {
        var course = new OneCycleSchedule { HighestBeta1 = 0.95, LowestBeta1 = 0.85 }.Begin(2);
        Assert.Equal(0.95, course.Beta1!.Value, 1e-12);
        foreach (var (share, expected) in ((double, double)[])[(0.15, 0.9), (0.3, 0.85), (0.65, 0.9), (1, 0.95)])
        {
            course.Advance(share);
            Assert.Equal(expected, course.Beta1!.Value, 1e-12);
        }
    }

    [Fact]
    public void The_share_of_the_run_never_falls_and_never_exceeds_the_whole()
    {
        var course = new CosineSchedule { FinalShare = 0.5 }.Begin(2);
        course.Advance(0.6);
        var rate = course.Value;
        course.Advance(0.4);
        Assert.Equal(rate, course.Value);
        course.Advance(1.5);
        Assert.Equal(1, course.Value, 1e-12);
    }
}
