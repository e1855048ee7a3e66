namespace RnnLm.Interactive.Curves;

/// <summary>The perplexities of a training.</summary>
internal sealed record Curve(string Name, EpochPoint[] Training, EpochPoint[] Validation)
{
    /// <summary>Those that the strong line goes through.</summary>
    public EpochPoint[] Shown => Validation.Length > 0 ? Validation : Training;
}
