namespace RnnLm;

/// <summary>How the loss changes as the learning rate grows from window to window (Smith 2017, <i>Cyclical learning rates for training neural networks</i>, section 3.3).</summary>
public sealed class LearningRateCurve
{
    /// <summary>The number of windows whose loss is taken for that of a network that has learned nothing yet.</summary>
    internal const int WindowsAtStart = 20;

    // By less than this the loss changes from window to window anyway.
    private static readonly double LeastGain = -Math.Log(0.98);

    internal LearningRateCurve(IReadOnlyList<LearningRatePoint> points, double startLoss, bool hasDiverged) => (Points, StartLoss, HasDiverged) = (points, startLoss, hasDiverged);

    /// <summary>The mean loss of a word in the first 20 windows, in nats.</summary>
    public double StartLoss { get; }

    /// <summary>A point for each window that was trained, in ascending order of learning rates.</summary>
    public IReadOnlyList<LearningRatePoint> Points { get; }

    /// <summary>Whether it ended since the loss diverged, rather than with the highest rate of the range.</summary>
    public bool HasDiverged { get; }

    /// <summary>The point with the least loss, those of the first 20 windows apart, which are not smooth yet; the last point where there are no others.</summary>
    public LearningRatePoint Least => Points.Count > WindowsAtStart ? Points.Skip(WindowsAtStart).MinBy(point => point.Loss) : Points[^1];

    /// <summary>
    /// A learning rate to begin with: the one around which the loss falls fastest, before it is least. A cycle may have a peak between the two. Null where the loss has not
    /// risen again, so that higher rates are to be tried; or has not fallen, by a fiftieth of the perplexity at least, below that at the start.
    /// </summary>
    public double? Suggestion => HasDiverged && Least.Loss <= StartLoss - LeastGain ? Steepest() : null;

    /// <summary>Whether the loss at the end is above the least, by a fiftieth of the perplexity at least.</summary>
    internal bool HasRisen => Points[^1].Loss > Least.Loss + LeastGain;

    // The slope is that over a tenth of the curve.
    private double Steepest()
    {
        var half = Math.Max(1, Points.Count / 20);
        var (steepest, change) = (Least.LearningRate, 0.0);
        for (var i = half; i + half < Points.Count && Points[i].LearningRate <= Least.LearningRate; i++)
        {
            var here = Points[i + half].Loss - Points[i - half].Loss;
            if (here < change && i >= WindowsAtStart) (steepest, change) = (Points[i].LearningRate, here);
        }
        return steepest;
    }
}
