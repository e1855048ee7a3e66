namespace RnnLm.Training.Tests.Schedules;

public class LearningRateCourseTests
{
    [Theory]
    [InlineData(0.0)]
    [InlineData(0.003)]
    public void A_rate_that_has_come_to_nothing_is_gone_on_from(double value)
    {
        var course = new PlateauCourse(value, 0.25, undoes: false);
        var state = new TrainingState();
        course.Save(state);
        var other = new PlateauCourse(1, 0.25, undoes: false);
        other.Restore(state);
        Assert.Equal(value, other.Value);
    }

    [Fact]
    public void A_rate_that_is_lowered_again_and_again_comes_to_0()
    {
        var course = new PlateauCourse(0.005, 0.25, undoes: false);
        for (var epoch = 0; epoch < 1000; epoch++) course.EpochValidated(improved: false);
        Assert.Equal(0, course.Value);
        course.EpochValidated(improved: false);
        Assert.Equal(0, course.Value);
    }

    [Theory]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void What_is_no_rate_is_refused(double value)
    {
        var state = new TrainingState();
        state.Set("value", value);
        Assert.Throws<InvalidDataException>(() => new PlateauCourse(1, 0.25, undoes: false).Restore(state));
    }
}
