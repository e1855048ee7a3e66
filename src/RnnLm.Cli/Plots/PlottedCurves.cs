namespace RnnLm.Cli.Plots;

/// <summary>Several runs in one plot.</summary>
sealed class PlottedCurves
{
    // What is far above everything later would press that together.
    private const double GreatestRatio = 12;
    private const double Margin = 1.04;

    /// <summary>Puts runs together.</summary>
    /// <param name="curves">The runs, each with a point at least.</param>
    /// <param name="axis">What they are drawn over.</param>
    public PlottedCurves(IReadOnlyList<LearningCurve> curves, PlotAxis axis)
    {
        Curves = curves;
        var greatest = curves.SelectMany(curve => curve.All).Max(point => point.X);
        (Unit, XLabel) = axis.UnitFor(greatest);
        Right = greatest > 0 ? greatest / Unit : 1;
        var main = curves.SelectMany(curve => curve.Main).Select(point => point.Perplexity).ToList();
        var least = curves.SelectMany(curve => curve.All).Min(point => point.Perplexity);
        var most = Math.Min(main.Max(), main.Min() * GreatestRatio);
        Bottom = Math.Max(least, main.Min() / GreatestRatio) / Margin;
        Top = Math.Max(most * Margin, Bottom * Margin * Margin);
    }

    public IReadOnlyList<LearningCurve> Curves { get; }

    /// <summary>The size of the unit in which <see cref="X"/> is shown.</summary>
    public double Unit { get; }

    public string XLabel { get; }

    /// <summary>The greatest value on the horizontal axis, which begins at 0, in its unit.</summary>
    public double Right { get; }

    /// <summary>The least perplexity shown.</summary>
    public double Bottom { get; }

    /// <summary>The greatest perplexity shown; what lies above it is cut off.</summary>
    public double Top { get; }

    /// <summary>A point's place on the horizontal axis, in its unit.</summary>
    public double X(CurvePoint point) => point.X / Unit;

    /// <summary>The runs by names that tell them apart: their files' names without the ending, with as many folders before as that takes.</summary>
    public static IReadOnlyList<string> NamesOf(IReadOnlyList<string> paths)
    {
        var parts = paths.Select(path => Path.ChangeExtension(path, null).Split('/', Path.DirectorySeparatorChar).Where(part => part.Length > 0).ToArray()).ToList();
        for (var count = 1; count <= parts.Max(all => all.Length); count++)
        {
            var names = parts.Select(all => string.Join('/', all.TakeLast(count))).ToList();
            if (names.Distinct().Count() == names.Count) return names;
        }
        return paths;
    }
}
