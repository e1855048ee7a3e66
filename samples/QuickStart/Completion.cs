using Microsoft.ML;

namespace QuickStart;

/// <summary>Uses a saved pipeline the way any ML.NET application does: load, make a prediction engine, predict.</summary>
static class Completion
{
    public static void Run(string path, IEnumerable<string> prompts)
    {
        var mlContext = new MLContext();
        var model = mlContext.Model.Load(path, out _);
        using var engine = mlContext.Model.CreatePredictionEngine<Sentence, NextWords>(model);
        foreach (var prompt in prompts)
        {
            var prediction = engine.Predict(new Sentence { Text = prompt });
            var words = prediction.Words.Zip(prediction.Probabilities, (word, probability) => $"{word} {probability:P0}");
            Console.WriteLine($"{prompt} … {string.Join(", ", words)}");
        }
    }

    /// <summary>What comes out of the pipeline.</summary>
    private sealed class NextWords
    {
        [Microsoft.ML.Data.ColumnName("NextWords")]
        public string[] Words { get; set; } = [];

        public float[] Probabilities { get; set; } = [];
    }
}
