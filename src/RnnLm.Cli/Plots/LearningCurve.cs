namespace RnnLm.Cli.Plots;

/// <summary>A run as it is drawn: the perplexity over time, words or epochs.</summary>
/// <param name="Name">The run's name.</param>
/// <param name="Validation">The perplexity on the validation text; empty where none is known.</param>
/// <param name="Training">The perplexity in training: of windows, where they are told, or of epochs.</param>
sealed record LearningCurve(string Name, IReadOnlyList<CurvePoint> Validation, IReadOnlyList<CurvePoint> Training)
{
    /// <summary>The curve by which the run is judged.</summary>
    public IReadOnlyList<CurvePoint> Main => Validation.Count > 0 ? Validation : Training;

    /// <summary>The run with the curve by which it is judged alone.</summary>
    public LearningCurve WithMainAlone => Validation.Count > 0 ? this with { Training = [] } : this;

    /// <summary>Every point.</summary>
    public IEnumerable<CurvePoint> All => Validation.Concat(Training);

    /// <summary>The curve of a history.</summary>
    public static LearningCurve Of(string name, TrainingHistory history, PlotAxis axis)
    {
        var windows = history.Points.Where(point => !point.IsEpoch && point.TrainingPerplexity is not null).ToList();
        return new LearningCurve(
            name,
            PointsOf(history.Points, axis, point => point.ValidationPerplexity),
            PointsOf(windows.Count > 0 ? windows : history.Points, axis, point => point.TrainingPerplexity));
    }

    private static List<CurvePoint> PointsOf(IEnumerable<HistoryPoint> points, PlotAxis axis, Func<HistoryPoint, double?> perplexityOf)
    {
        var curve = new List<CurvePoint>();
        foreach (var point in points)
            if (axis.ValueOf(point) is { } value && perplexityOf(point) is { } perplexity) curve.Add(new CurvePoint(value, perplexity));
        return curve;
    }
}
