namespace RnnLm.Training;

/// <summary>The learning rate in the course of a run.</summary>
/// <param name="initial">Where it begins.</param>
internal abstract class LearningRateCourse(double initial)
{
    /// <summary>The learning rate of the next window.</summary>
    public double Value { get; protected set; } = initial;

    /// <summary>Goes on after an epoch that was validated.</summary>
    /// <param name="improved">Whether it was the best until then.</param>
    public abstract void EpochValidated(bool improved);
}
