using ScottPlot;
using SkiaSharp;

namespace RnnLm.Cli.Plots;

/// <summary>Learning curves as a picture: validation perplexity in strong lines, that in training in thin ones, the perplexity on a logarithmic scale.</summary>
static class CurveImage
{
    private const int Width = 960;
    private const int Height = 600;
    private const int MostTicks = 10;
    private const float StrongWidth = 2;
    private const float ThinWidth = 1;
    private const float WidthPerTurn = 1.5f;
    private const float MarkerSize = 5;
    private const double ThinOpacity = 0.45;

    private static readonly string[] Fonts = ["Noto Sans", "DejaVu Sans", "Liberation Sans", "Arial", "Helvetica"];

    // Colour-blind-safe (Okabe and Ito 2008), from what is best seen on white.
    private static readonly string[] Colors = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#7F7F7F"];

    private static readonly MarkerShape[] Markers = [MarkerShape.FilledCircle, MarkerShape.FilledSquare, MarkerShape.FilledTriangleUp, MarkerShape.FilledDiamond, MarkerShape.FilledTriangleDown];

    /// <summary>The picture as SVG.</summary>
    public static string Svg(PlottedCurves curves, string? title) => Draw(curves, title).GetSvgXml(Width, Height);

    /// <summary>The picture as PNG.</summary>
    public static byte[] Png(PlottedCurves curves, string? title) => Draw(curves, title).GetImageBytes(Width, Height, ImageFormat.Png);

    /// <summary>Whether this machine has fonts: without any a picture has no text.</summary>
    public static bool HasFonts => SKFontManager.Default.FontFamilyCount > 0;

    private static Plot Draw(PlottedCurves curves, string? title)
    {
        var plot = new Plot();
        if (Fonts.FirstOrDefault(SKFontManager.Default.FontFamilies.Contains) is { } font) plot.Font.Set(font);
        foreach (var (number, curve) in curves.Curves.Index())
        {
            var color = Color.FromHex(Colors[number % Colors.Length]);
            if (curve.Validation.Count > 0) AddLine(plot, curves, curve.Training, color.WithOpacity(ThinOpacity), ThinWidth);
            // Where there are more runs than colours. Dashes are none in SVG, whose canvas has no effects of paths (SkiaSharp 3).
            var turn = number / Colors.Length % Markers.Length;
            var line = AddLine(plot, curves, curve.Main, color, StrongWidth + (turn * WidthPerTurn));
            if (line is null) continue;
            line.MarkerShape = Markers[turn];
            line.MarkerSize = curve.Main.Count <= 100 ? MarkerSize + line.LineWidth - StrongWidth : 0;
            line.LegendText = curve.Name;
        }
        if ((title ?? (curves.Curves.Count == 1 ? curves.Curves[0].Name : null)) is { } shown) plot.Title(shown);
        plot.XLabel(curves.XLabel);
        plot.YLabel(YLabelOf(curves));
        SetAxes(plot, curves);
        // Beside the curves, none of whose points it covers.
        if (curves.Curves.Count > 1) plot.ShowLegend(Edge.Right);
        else plot.HideLegend();
        return plot;
    }

    private static ScottPlot.Plottables.Scatter? AddLine(Plot plot, PlottedCurves curves, IReadOnlyList<CurvePoint> points, Color color, float width)
    {
        if (points.Count == 0) return null;
        var line = plot.Add.Scatter(points.Select(curves.X).ToArray(), points.Select(point => Math.Log10(point.Perplexity)).ToArray(), color);
        line.LineWidth = width;
        line.MarkerSize = points.Count == 1 ? MarkerSize : 0;
        return line;
    }

    private static string YLabelOf(PlottedCurves curves)
        => curves.Curves.All(curve => curve.Validation.Count == 0) ? "perplexity in training"
            : curves.Curves.Any(curve => curve.Training.Count > 0) ? "perplexity: validation, and thin in training" : "validation perplexity";

    private static void SetAxes(Plot plot, PlottedCurves curves)
    {
        plot.Axes.SetLimits(0, curves.Right * 1.02, Math.Log10(curves.Bottom), Math.Log10(curves.Top));
        var ticks = AxisTicks.Logarithmic(curves.Bottom, curves.Top, MostTicks);
        plot.Axes.Left.SetTicks([.. ticks.Select(tick => Math.Log10(tick))], [.. ticks.Select(AxisTicks.TextOf)]);
        var across = AxisTicks.Linear(0, curves.Right * 1.02, MostTicks);
        plot.Axes.Bottom.SetTicks([.. across], [.. across.Select(AxisTicks.TextOf)]);
        plot.Axes.Right.FrameLineStyle.IsVisible = plot.Axes.Top.FrameLineStyle.IsVisible = false;
    }
}
