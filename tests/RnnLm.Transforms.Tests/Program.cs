using System.Globalization;
using Microsoft.ML;

namespace RnnLm.Transforms.Tests;

/// <summary>
/// The other process: it knows nothing of language models. It loads a zip by <c>mlContext.Model.Load</c> and prints what the pipeline
/// says of each line of standard input, numbers as their bits.
/// </summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        var mlContext = new MLContext();
        var pipeline = mlContext.Model.Load(arguments[0], out _);
        var engine = mlContext.Model.CreatePredictionEngine<TextRow, FullPrediction>(pipeline);
        while (Console.ReadLine() is { } line)
            Console.WriteLine(Describe(engine.Predict(new TextRow { Text = line })));
        return 0;
    }

    /// <summary>A prediction as a line that is equal only where every bit is.</summary>
    internal static string Describe(FullPrediction prediction) => string.Join(
        '\t',
        prediction.Copied, prediction.NextWord, string.Join(' ', prediction.NextWords), string.Join(' ', prediction.Probabilities.Select(Bits)),
        Bits(prediction.UnknownProbability), Bits(prediction.LogProbability), Bits(prediction.Perplexity),
        prediction.WordCount.ToString(CultureInfo.InvariantCulture), prediction.UnknownWordCount.ToString(CultureInfo.InvariantCulture));

    private static string Bits(float value) => BitConverter.SingleToUInt32Bits(value).ToString("x8", CultureInfo.InvariantCulture);
}
