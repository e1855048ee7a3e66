using System.Globalization;
using System.Text;
using RnnLm.Interactive.Tables;

namespace RnnLm.Interactive.Curves;

/// <summary>Draws learning curves: epochs to the right, perplexity upwards on a logarithmic scale; validation in strong lines with a dot at the least, training in thin dashed ones.</summary>
internal static class CurveSvg
{
    private const double Left = 60, Top = 12, Width = 520, Height = 260;
    private const int MostTicks = 8;

    // Colours that differ for the colour-blind too (Okabe and Ito 2008).
    private static readonly string[] Colors = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"];

    public static string Of(IReadOnlyList<Curve> curves)
    {
        EpochPoint[] points = [.. curves.SelectMany(curve => curve.Training.Concat(curve.Validation))];
        if (points.Length == 0) return "<p><small>There is no epoch to be drawn.</small></p>";
        var (first, last) = (points.Min(point => point.Epochs), points.Max(point => point.Epochs));
        var (low, high) = (Math.Log(points.Min(point => point.Perplexity)), Math.Log(points.Max(point => point.Perplexity)));
        if (high - low < 0.1) (low, high) = (low - 0.05, high + 0.05);

        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Left + Width + 20} {Top + Height + 46 + (20 * curves.Count)}\" width=\"{Left + Width + 20}\"");
        svg.Append(" role=\"img\" aria-label=\"Learning curves\" font-family=\"sans-serif\" font-size=\"12\"><rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>");
        foreach (var tick in Perplexities(Math.Exp(low), Math.Exp(high)))
            svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M{Left} {Y(tick):F1}h{Width}\" stroke=\"#dddddd\"/><text x=\"{Left - 6}\" y=\"{Y(tick) + 4:F1}\" text-anchor=\"end\">{tick:G4}</text>");
        foreach (var tick in Epochs(first, last))
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{X(tick):F1}\" y=\"{Top + Height + 18}\" text-anchor=\"middle\">{tick:G4}</text>");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left + Width}\" y=\"{Top + Height + 34}\" text-anchor=\"end\">epochs</text><text x=\"{Left + Width}\" y=\"{Top + 10}\" text-anchor=\"end\">perplexity</text>");
        foreach (var (index, curve) in curves.Index())
        {
            var color = Colors[index % Colors.Length];
            if (curve.Validation.Length > 0) Line(curve.Training, color, "stroke-width=\"1\" stroke-dasharray=\"4 3\"");
            Line(curve.Shown, color, "stroke-width=\"2.5\"");
            if (curve.Shown.Length == 0) continue;
            var best = curve.Shown.MinBy(point => point.Perplexity);
            svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{X(best.Epochs):F1}\" cy=\"{Y(best.Perplexity):F1}\" r=\"4\" fill=\"{color}\"/>");
            var kind = curve.Validation.Length > 0 ? "validation; dashed: training" : "training";
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left}\" y=\"{Top + Height + 50 + (20 * index)}\" fill=\"{color}\">{HtmlText.Encode(curve.Name)}: {best.Perplexity:F1} at best ({kind})</text>");
        }
        return svg.Append("</svg>").ToString();

        double X(double epochs) => Left + (last > first ? (epochs - first) / (last - first) * Width : Width / 2);

        double Y(double perplexity) => Top + ((high - Math.Log(perplexity)) / (high - low) * Height);

        void Line(EpochPoint[] places, string color, string style) => svg.Append(
            CultureInfo.InvariantCulture,
            $"<polyline fill=\"none\" stroke=\"{color}\" {style} points=\"{string.Join(' ', places.Select(place => string.Create(CultureInfo.InvariantCulture, $"{X(place.Epochs):F1},{Y(place.Perplexity):F1}")))}\"/>");
    }

    /// <summary>Whole epochs at even distances.</summary>
    private static IEnumerable<double> Epochs(double first, double last)
    {
        var step = Math.Max(1, Math.Ceiling((last - first) / MostTicks));
        for (var epoch = Math.Ceiling(first); epoch <= last; epoch += step) yield return epoch;
    }

    /// <summary>Round perplexities at growing distances, as many as there is room for.</summary>
    private static IReadOnlyList<double> Perplexities(double low, double high)
    {
        double[][] rounder = [[1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8, 1.9, 2, 2.2, 2.4, 2.6, 2.8, 3, 3.3, 3.6, 4, 4.5, 5, 5.5, 6, 7, 8, 9], [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8], [1, 1.5, 2, 3, 5, 7], [1, 2, 5], [1]];
        foreach (var factors in rounder)
        {
            List<double> ticks = [];
            for (var power = Math.Floor(Math.Log10(low)); power <= Math.Log10(high); power++)
                ticks.AddRange(factors.Select(factor => factor * Math.Pow(10, power)).Where(tick => tick >= low && tick <= high));
            if (ticks.Count <= MostTicks) return ticks.Count > 0 ? ticks : [low, high];
        }
        return [low, high];
    }
}
