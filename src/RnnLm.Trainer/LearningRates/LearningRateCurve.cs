namespace RnnLm;

/// <summary>How the loss changes as the learning rate grows from window to window (Smith 2017, <i>Cyclical learning rates for training neural networks</i>, section 3.3).</summary>
public sealed class LearningRateCurve
{
    private const double Safety = 10;

    internal LearningRateCurve(IReadOnlyList<LearningRatePoint> points, bool hasDiverged) => (Points, HasDiverged) = (points, hasDiverged);

    /// <summary>A point for each window that was trained, in ascending order of learning rates.</summary>
    public IReadOnlyList<LearningRatePoint> Points { get; }

    /// <summary>Whether it ended since the loss diverged, rather than with the highest rate of the range.</summary>
    public bool HasDiverged { get; }

    /// <summary>The point with the least loss.</summary>
    public LearningRatePoint Least => Points.MinBy(point => point.Loss);

    /// <summary>
    /// A learning rate to begin with, or for the peak of a cycle: a tenth of that with the least loss, beyond which it is too high. Null where the loss has not
    /// risen again, so that higher rates are to be tried; or has not fallen.
    /// </summary>
    public double? Suggestion => HasDiverged && Least.Loss < Points[0].Loss ? Least.LearningRate / Safety : null;
}
