using System.Globalization;

namespace RnnLm.Cli.Plots;

/// <summary>Round numbers at which an axis is labelled.</summary>
static class AxisTicks
{
    /// <summary>Round numbers at even distances.</summary>
    /// <param name="low">Where the axis begins.</param>
    /// <param name="high">Where it ends.</param>
    /// <param name="most">How many there are at most, at least 2.</param>
    public static IReadOnlyList<double> Linear(double low, double high, int most)
    {
        var least = (high - low) / most;
        var power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        var step = power * new[] { 1.0, 2, 5, 10 }.First(factor => factor * power >= least * (1 - 1e-9));
        var ticks = new List<double>();
        for (var number = Math.Ceiling(low / step - 1e-9); number * step <= high * (1 + 1e-12); number++) ticks.Add((number * step) + 0.0); // not -0
        return ticks;
    }

    /// <summary>Round numbers for a logarithmic axis.</summary>
    /// <inheritdoc cref="Linear"/>
    public static IReadOnlyList<double> Logarithmic(double low, double high, int most)
    {
        foreach (var factors in (double[][])[[1, 1.2, 1.4, 1.6, 1.8, 2, 2.5, 3, 3.5, 4, 5, 6, 7, 8, 9], [1, 1.5, 2, 3, 4, 5, 6, 8], [1, 1.5, 2, 3, 5, 7], [1, 2, 5], [1, 3], [1]])
        {
            var ticks = new List<double>();
            for (var power = (int)Math.Floor(Math.Log10(low)); power <= Math.Log10(high); power++)
                ticks.AddRange(factors.Select(factor => factor * Math.Pow(10, power)).Where(tick => tick >= low && tick <= high));
            // Over a short way even distances are the rounder ones.
            if (ticks.Count <= most) return ticks.Count >= 3 ? ticks : Linear(low, high, most);
        }
        return [low, high];
    }

    /// <summary>A tick's label.</summary>
    public static string TextOf(double tick) => tick.ToString(Math.Abs(tick) is >= 1e7 ? "0.##e0" : "#,0.######", CultureInfo.InvariantCulture);
}
