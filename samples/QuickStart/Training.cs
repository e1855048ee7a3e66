using Microsoft.ML;
using RnnLm;

namespace QuickStart;

/// <summary>Fits a pipeline with a language model, measures it on sentences it has not seen, and saves it.</summary>
static class Training
{
    public static void Run(string path)
    {
        // In a random order, so that what is held out is of the same kind as what is learned.
        var sentences = DocumentationCorpus.ReadSentences().ToArray();
        new Random(1).Shuffle(sentences);
        Console.WriteLine($"Text: {sentences.Length:N0} different sentences of the .NET class library's documentation.");

        var mlContext = new MLContext(seed: 1);
        var data = mlContext.Data.LoadFromEnumerable(sentences.Select(text => new Sentence { Text = text }));
        var split = mlContext.Data.TrainTestSplit(data, testFraction: 0.05, seed: 1);

        var pipeline = mlContext.Transforms.Text.NormalizeText("Text", keepPunctuations: true)
            .Append(mlContext.LanguageModeling.Trainers.RecurrentNetwork(new RecurrentNetworkOptions
            {
                NextWordsColumnName = "NextWords",
                ProbabilitiesColumnName = "Probabilities",
                NextWordCount = 5,
                Tokenizer = Tokenizer.Text(),
                Vocabulary = { MaximumSize = 8_000 },
                ValidationFraction = 0.02,
                Training =
                {
                    Layers = 1,
                    EmbeddingSize = 160,
                    HiddenSize = 160,
                    Tied = true,
                    Dropout = 0.1,
                    Epochs = 8,
                    TimeLimit = TimeSpan.FromSeconds(90),
                    Progress = new LiveProgress(),
                },
            }));

        var model = pipeline.Fit(split.TrainSet);

        var metrics = mlContext.LanguageModeling.Evaluate(model, split.TestSet);
        Console.WriteLine($"Held-out sentences: perplexity {metrics.Perplexity:F1} over {metrics.Words:N0} words, "
            + $"{metrics.UnknownRate:P1} unknown; the next word is right {metrics.AccuracyAt1:P1} of the time, among the first five {metrics.AccuracyAt5:P1}.");

        mlContext.Model.Save(model, data.Schema, path);
        Console.WriteLine($"Saved: {path}, {new FileInfo(path).Length / 1e6:F1} MB.");
    }
}
