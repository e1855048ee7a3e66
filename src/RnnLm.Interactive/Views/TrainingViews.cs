using System.Globalization;
using RnnLm.Interactive.Tables;

namespace RnnLm.Interactive.Views;

/// <summary>What trainings came to.</summary>
internal static class TrainingViews
{
    public static string Result(TrainingResult result)
    {
        var table = new HtmlTable("Epoch", "Training perplexity", "Validation perplexity", "Learning rate", "Words a second");
        foreach (var epoch in result.Epochs)
        {
            var number = epoch.Epoch.ToString(CultureInfo.InvariantCulture);
            table.Add(
                epoch.Epoch == result.BestEpoch ? $"<b>{number}, the best</b>" : number, Number(epoch.TrainingPerplexity, "F1"),
                epoch.ValidationPerplexity is { } perplexity ? Number(perplexity, "F1") : "", Number(epoch.LearningRate, "G3"), Number(epoch.WordsPerSecond, "N0"));
        }
        var curves = result.Epochs.Count > 1 ? new LearningCurves().Add("training", result).ToHtml() : "";
        return $"{table}<p>{HtmlText.Encode(result.ToString())}</p>{curves}";
    }

    private static string Number(double number, string format) => number.ToString(format, CultureInfo.InvariantCulture);
}
