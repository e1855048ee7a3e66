using System.Globalization;
using RnnLm.Cli.Output;

namespace RnnLm.Cli.Plots;

/// <summary>Learning curves as a table, for whoever is no screen: a line for each epoch of each run, and for each validation; tabs between.</summary>
static class CurveTable
{
    public static IEnumerable<string> Of(IEnumerable<(string Name, TrainingHistory History)> runs)
    {
        yield return string.Join('\t', "run", "seconds", "epochs", "words", "training", "validation");
        foreach (var (name, history) in runs)
        {
            var points = history.Points.Where(point => point.IsEpoch || point.ValidationPerplexity is not null).ToList();
            foreach (var point in points.Count > 0 ? points : history.Points)
            {
                yield return string.Join('\t', Printable.Line(name), TextOf(point.Elapsed.TotalSeconds, "0.0"), TextOf(point.Epochs, "0.##"), TextOf(point.Words, "0"),
                    TextOf(point.TrainingPerplexity, "0.00"), TextOf(point.ValidationPerplexity, "0.00"));
            }
        }
    }

    private static string TextOf(double? number, string format) => number?.ToString(format, CultureInfo.InvariantCulture) ?? "-";
}
