using RnnLm.Training;

namespace RnnLm;

/// <summary>Leaves the learning rate as it is.</summary>
public sealed class ConstantSchedule : LearningRateSchedule
{
    internal override string Name => "constant";

    internal override LearningRateCourse Begin(double initial) => new ConstantCourse(initial);
}
