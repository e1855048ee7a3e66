namespace RnnLm.Training;

/// <summary>Trains window after window with ever higher learning rates until the loss diverges.</summary>
/// <param name="source">Gives the windows, epoch after epoch.</param>
/// <param name="session">The network, which is spoilt.</param>
/// <param name="window">The window that is filled again and again.</param>
internal sealed class LearningRateSearch(IWindowSource source, ITrainingSession session, Window window)
{
    // What is left of the smoothed loss after a window, at most; where windows are few, and the rate grows much from one to the next, less is, so that the loss does not lag behind.
    private const double MostSmoothing = 0.95;
    private const double LeastSmoothing = 0.5;
    private const double SmoothedShare = 0.05; // of the windows

    // The loss has diverged when it is up by this again, or by half of all that it was down.
    private const double LeastRise = 0.5;

    // One window alone may be hard to predict.
    private const int WindowsToDiverge = 3;

    private int epoch;

    /// <summary>The curve.</summary>
    /// <param name="lowest">The first learning rate.</param>
    /// <param name="highest">The last one.</param>
    /// <param name="windows">How many there are.</param>
    /// <param name="cancellationToken">Ends it early, with an exception.</param>
    public LearningRateCurve Run(double lowest, double highest, int windows, CancellationToken cancellationToken)
    {
        var smoothing = Math.Clamp(1 - 1 / (SmoothedShare * windows), LeastSmoothing, MostSmoothing);
        var points = new List<LearningRatePoint>(windows);
        var (sum, start, least) = (0.0, 0.0, double.PositiveInfinity);
        var risen = 0; // windows in a row
        for (var index = 0; index < windows; index++)
        {
            Cancellation.ThrowIfRequested(cancellationToken);
            Fill();
            var rate = lowest * Math.Pow(highest / lowest, index / (windows - 1.0));
            var result = session.Train(window, rate);
            if (!result.IsFinite) return Curve(hasDiverged: true);

            var wordLoss = result.Loss / window.TargetCount;
            sum = smoothing * sum + (1 - smoothing) * wordLoss;
            var loss = sum / (1 - Math.Pow(smoothing, index + 1));
            if (index < LearningRateCurve.WindowsAtStart) start += (wordLoss - start) / (index + 1);
            points.Add(new LearningRatePoint(rate, loss));
            least = Math.Min(least, loss);
            risen = loss > least + Math.Max(LeastRise, (start - least) / 2) ? risen + 1 : 0;
            if (risen == WindowsToDiverge) return Curve(hasDiverged: true);
        }
        return Curve(hasDiverged: false);

        LearningRateCurve Curve(bool hasDiverged) => new(points, start, hasDiverged);
    }

    // A window has words to predict, though some of an epoch may have none.
    private void Fill()
    {
        do
        {
            while (epoch == 0 || !source.Fill(window)) source.Begin(++epoch);
        }
        while (window.TargetCount == 0);
    }
}
