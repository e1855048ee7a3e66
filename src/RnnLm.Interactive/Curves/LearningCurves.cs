using RnnLm.Interactive.Curves;

namespace RnnLm.Interactive;

/// <summary>Learning curves of one training or several as a picture: the perplexity of validation, and where there is none that of training, after each epoch.</summary>
public sealed class LearningCurves
{
    private readonly List<Curve> curves = [];

    /// <summary>Adds a training.</summary>
    /// <param name="name">What it is called beside its line.</param>
    /// <param name="result">What the training came to.</param>
    /// <returns>These curves.</returns>
    public LearningCurves Add(string name, TrainingResult result)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(result);
        return Add(
            name,
            [.. result.Epochs.Select(epoch => new EpochPoint(epoch.Epoch - 1 + epoch.Share, epoch.TrainingPerplexity))],
            [.. result.Epochs.Where(epoch => epoch.ValidationPerplexity is not null).Select(epoch => new EpochPoint(epoch.Epoch - 1 + epoch.Share, epoch.ValidationPerplexity!.Value))]);
    }

    /// <summary>Adds a training by its history, as <c>TrainingOptions.History</c> has it written; a point is what it says in the middle of an epoch too.</summary>
    /// <param name="name">What it is called beside its line.</param>
    /// <param name="history">The history.</param>
    /// <returns>These curves.</returns>
    public LearningCurves Add(string name, TrainingHistory history)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(history);
        var points = history.Points.Where(point => point.Epochs is not null).ToArray();
        // An epoch's own figure is the mean of all of it; between those of its windows it would be a step back.
        var windows = points.Where(point => !point.IsEpoch && point.TrainingPerplexity is not null).ToArray();
        return Add(
            name,
            [.. (windows.Length > 0 ? windows : points).Where(point => point.TrainingPerplexity is not null).Select(point => new EpochPoint(point.Epochs!.Value, point.TrainingPerplexity!.Value))],
            [.. points.Where(point => point.ValidationPerplexity is not null).Select(point => new EpochPoint(point.Epochs!.Value, point.ValidationPerplexity!.Value))]);
    }

    /// <summary>The picture as an SVG element, for a page or a notebook.</summary>
    public string ToHtml() => CurveSvg.Of(curves);

    /// <summary>The trainings and their best perplexities.</summary>
    public override string ToString()
        => string.Join("; ", curves.Select(curve => FormattableString.Invariant($"{curve.Name}: {curve.Shown.Select(point => point.Perplexity).DefaultIfEmpty(double.NaN).Min():F1}")));

    private LearningCurves Add(string name, EpochPoint[] training, EpochPoint[] validation)
    {
        curves.Add(new Curve(name, [.. training.Where(point => double.IsFinite(point.Perplexity))], [.. validation.Where(point => double.IsFinite(point.Perplexity))]));
        return this;
    }
}
