namespace RnnLm.Training;

/// <summary>A learning rate that stays as it is.</summary>
/// <param name="value">The learning rate.</param>
internal sealed class ConstantCourse(double value) : LearningRateCourse(value);
