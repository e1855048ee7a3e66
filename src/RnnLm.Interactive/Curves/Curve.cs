namespace RnnLm.Interactive.Curves;

/// <summary>The perplexities of a training.</summary>
internal sealed record Curve(string Name, CurvePoint[] Training, CurvePoint[] Validation)
{
    /// <summary>Those that the strong line goes through.</summary>
    public CurvePoint[] Shown => Validation.Length > 0 ? Validation : Training;
}
