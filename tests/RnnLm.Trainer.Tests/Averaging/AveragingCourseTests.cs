namespace RnnLm.Training.Tests.Averaging;

public class AveragingCourseTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void An_exponential_average_is_that_of_Adam_corrected_for_its_beginning(int interval)
    {
        const double Decay = 0.9;
        var course = new ExponentialAverage { Decay = Decay, Interval = interval, Start = 0.5 }.Begin();
        var random = new Random(1);
        var (mean, moment, count) = (0.0, 0.0, 0);
        for (var window = 1; window <= 60; window++)
        {
            var weight = random.NextDouble();
            var share = course.WindowTrained(window / 60.0);
            Assert.Equal(window >= 30 && (window - 30) % interval == 0, share is not null);
            if (share is null) continue;
            mean += share.Value * (weight - mean);
            var left = Math.Pow(Decay, interval);
            moment = left * moment + (1 - left) * weight;
            count++;
            Assert.Equal(moment / (1 - Math.Pow(left, count)), mean, 1e-12);
            Assert.True(course.IsActive);
        }
        Assert.Equal(31, interval * (count - 1) + 1, interval - 1.0);
    }

    [Fact]
    public void A_triggered_average_is_the_mean_of_all_since_an_epoch_was_worse_than_those_before_the_last_few()
    {
        var course = new TriggeredAverage { NonmonotoneInterval = 2, Interval = 1 }.Begin();
        // The best of all but the last two is 4 when 4.5 comes.
        foreach (var loss in (double[])[6, 5, 4, 4.2, 4.1])
        {
            Assert.True(course.IsAwaited);
            Assert.Null(course.WindowTrained(0.9));
            course.EpochValidated(loss);
        }
        Assert.True(course.IsAwaited);
        course.EpochValidated(4.5);
        Assert.False(course.IsAwaited);
        Assert.False(course.IsActive);
        Assert.Equal([1, 1.0 / 2, 1.0 / 3, 1.0 / 4], Enumerable.Range(0, 4).Select(_ => course.WindowTrained(0.9)!.Value));
        course.EpochValidated(9);
        Assert.Equal(1.0 / 5, course.WindowTrained(0.9));
        course.Restart();
        Assert.False(course.IsActive);
        Assert.Equal(1, course.WindowTrained(0.9));
    }

    [Fact]
    public void As_long_as_validation_improves_there_is_no_trigger()
    {
        var course = new TriggeredAverage { NonmonotoneInterval = 1 }.Begin();
        for (var loss = 9.0; loss > 1; loss -= 0.1) course.EpochValidated(loss);
        Assert.Null(course.WindowTrained(1));
    }
}
