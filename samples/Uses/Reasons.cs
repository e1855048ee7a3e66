using Microsoft.ML;
using RnnLm;

namespace Uses;

/// <summary>Why the model predicts what it predicts: how much each word before moved the probability of the next one.</summary>
static class Reasons
{
    private static readonly string[] Contexts =
    [
        "Gets or sets a value that indicates whether the current thread is a background",
        "The exception that is thrown when an attempt is made to access a",
    ];

    public static void Run()
    {
        var model = SampleModel.Get();
        foreach (var context in Contexts)
        {
            Show(model.Explain(context));
            Show(model.Explain(context, new ExplanationOptions { Method = new GradientTimesInput() }));
        }

        // What speaks for and against a word that is not the most probable one.
        Show(model.Explain("Returns the number of", new ExplanationOptions { Word = "bytes" }));

        // For a notebook or a page: new HtmlString(model.Explain(context).ToHtml()).
        Console.WriteLine($"{model.Explain(Contexts[0]).ToHtml().Length} characters of HTML");

        // The same as columns: words and influences beside each other.
        var mlContext = new MLContext();
        var columns = new LanguageModelColumns { NextWordColumnName = "NextWord", InfluencingWordsColumnName = "Words", InfluencesColumnName = "Influences" };
        var rows = mlContext.Data.LoadFromEnumerable(Contexts.Select(text => new Row { Text = text }));
        var transformed = mlContext.LanguageModeling.FromModel(model, columns).Fit(rows).Transform(rows);
        foreach (var row in mlContext.Data.CreateEnumerable<Explained>(transformed, reuseRowObject: false))
        {
            var strongest = row.Influences.Index().MaxBy(influence => influence.Item);
            Console.WriteLine($"{row.NextWord}, most of all because of \"{row.Words[strongest.Index]}\" ({strongest.Item:+0.00;-0.00} nats)");
        }
    }

    private static void Show(Explanation explanation)
    {
        Console.WriteLine($"{explanation.Word} ({explanation.Probability:P1}), {explanation.Method}");
        Console.WriteLine($"  {string.Join("  ", explanation.Words.Select(word => $"{word.Word} {word.Nats:+0.00;-0.00;0.00}"))}");
    }

    private sealed class Row
    {
        public string Text { get; set; } = "";
    }

    private sealed class Explained
    {
        public string NextWord { get; set; } = "";

        public string[] Words { get; set; } = [];

        public float[] Influences { get; set; } = [];
    }
}
