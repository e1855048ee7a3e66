namespace RnnLm.Training;

/// <summary>A learning rate that follows from the share of the run that is done. That share never falls, even where the time left turns out to be longer.</summary>
/// <param name="rateAt">The learning rate at a share.</param>
/// <param name="beta1At">The decay rate of the optimizer's first moment at a share; null where it stays as it is.</param>
internal sealed class SpanningCourse(Func<double, double> rateAt, Func<double, double>? beta1At = null) : LearningRateCourse(rateAt(0))
{
    private double share;

    public override double? Beta1 => beta1At?.Invoke(share);

    public override void Advance(double share)
    {
        this.share = Math.Clamp(share, this.share, 1);
        Value = rateAt(this.share);
    }

    public override void Save(TrainingState state) => state.Set("share", share);

    public override void Restore(TrainingState state)
    {
        share = state.Get("share");
        if (!(share is >= 0 and <= 1)) throw new InvalidDataException(Invariant($"The share of the run that is done is {share}; it must be from 0 to 1."));
        Value = rateAt(share);
    }
}
