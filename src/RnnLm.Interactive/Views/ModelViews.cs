using System.Globalization;
using RnnLm.Interactive.Tables;

namespace RnnLm.Interactive.Views;

/// <summary>Models, and what measuring them came to.</summary>
internal static class ModelViews
{
    public static string Description(LanguageModel model) => new HtmlTable()
        .Add("Network", HtmlText.Encode(model.Shape.ToString()!))
        .Add("Parameters", Number(model.Shape.ParameterCount))
        .Add("Vocabulary", $"{Number(model.Vocabulary.Count)} words")
        .Add("Tokenizer", HtmlText.Encode(model.Tokenizer.Name))
        .ToString();

    public static string Metrics(LanguageModelMetrics metrics) => new HtmlTable("Perplexity", "Bits a word", "Right at once", "Among the first five", "Words", "Unknown")
        .Add(
            string.Create(CultureInfo.InvariantCulture, $"{metrics.Perplexity:F1}"), string.Create(CultureInfo.InvariantCulture, $"{metrics.BitsPerWord:F3}"),
            HtmlTable.Bar(metrics.AccuracyAt1), HtmlTable.Bar(metrics.AccuracyAt5), Number(metrics.Words), string.Create(CultureInfo.InvariantCulture, $"{metrics.UnknownRate:P1}"))
        .ToString();

    public static string Typing(TypingMetrics metrics) => new HtmlTable("Suggestions", "Keystrokes saved")
        .Add("one", HtmlTable.Bar(metrics.SavedAt1))
        .Add("three", HtmlTable.Bar(metrics.SavedAt3))
        .Add("five", HtmlTable.Bar(metrics.SavedAt5))
        .Add("at most", HtmlTable.Bar(metrics.UpperBound))
        .ToString();

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
