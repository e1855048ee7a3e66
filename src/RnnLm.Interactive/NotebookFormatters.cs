using Microsoft.DotNet.Interactive.Formatting;
using Microsoft.ML;
using RnnLm.Interactive.Views;

namespace RnnLm.Interactive;

/// <summary>
/// Shows what language models give as tables and pictures, wherever a notebook of .NET shows a value: the last of a cell, or one that is handed to <c>display</c>.
/// </summary>
public static class NotebookFormatters
{
    /// <summary>Registers them for this notebook. A notebook that is given the package does so by itself; a second time does no harm.</summary>
    public static void Register()
    {
        Show<DataViewSchema>(DataViews.Schema);
        Show<IDataView>(DataViews.Preview);
        Show<TrainingResult>(TrainingViews.Result);
        Show<TrainedModel>(trained => ModelViews.Description(trained.Model) + TrainingViews.Result(trained.Result));
        Show<TrainingHistory>(history => new LearningCurves().Add("training", history).ToHtml());
        Show<LearningCurves>(curves => curves.ToHtml());
        Show<LanguageModel>(ModelViews.Description);
        Show<LanguageModelMetrics>(ModelViews.Metrics);
        Show<TypingMetrics>(ModelViews.Typing);
        Show<NextWordPredictions>(PredictionViews.NextWords);
        Show<IEnumerable<Suggestion>>(PredictionViews.Suggestions);
        Show<FilledGap>(PredictionViews.Filled);
        Show<IEnumerable<SuspectWord>>(PredictionViews.Suspects);
        Show<TextScore>(PredictionViews.Score);
        Show<Explanation>(explanation => explanation.ToHtml());
    }

    private static void Show<T>(Func<T, string> toHtml) => Formatter.Register<T>((value, writer) => writer.Write(toHtml(value)), HtmlFormatter.MimeType);
}
