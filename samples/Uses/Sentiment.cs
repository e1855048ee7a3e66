using Microsoft.ML;
using RnnLm;

namespace Uses;

/// <summary>
/// Tells contented reviews from others with the states of a language model as features, beside words and n-grams that are counted. The language model has read reviews that nobody
/// has judged; the classifier is given few that somebody has.
/// </summary>
static class Sentiment
{
    private const int Unjudged = 8_000;
    private const int HeldOut = 1_000;

    public static void Run()
    {
        var reviews = new Reviews(seed: 1);
        Review[] unjudged = [.. Enumerable.Range(0, Unjudged).Select(_ => reviews.Next())];
        Review[] heldOut = [.. Enumerable.Range(0, HeldOut).Select(_ => reviews.Next())];
        Review[] judged = [.. Enumerable.Range(0, 1_000).Select(_ => reviews.Next())];
        foreach (var review in heldOut[..4]) Console.WriteLine($"  {(review.IsContent ? "+" : "-")} {review.Text}");

        var trainer = new LanguageModelTrainer(new TrainingOptions
        {
            Layers = 1,
            EmbeddingSize = 32,
            HiddenSize = 64,
            BatchMode = BatchMode.Rows,
            Epochs = 8,
            Optimizer = new Adam { LearningRate = 0.005 },
            Threads = 1,
        });
        var model = trainer.Train(Tokenizer.Whitespace, unjudged.Select(review => review.Text)).Model;

        var mlContext = new MLContext(seed: 1);
        (string Name, IEstimator<ITransformer> Features)[] kinds =
        [
            ("counted words", mlContext.Transforms.Text.ProduceWordBags("Features", "Text", ngramLength: 1, useAllLengths: false)),
            ("FeaturizeText", mlContext.Transforms.Text.FeaturizeText("Features", "Text")),
            ("model, last state", FeaturesOf(EmbeddingPooling.Last)),
            ("model, mean", FeaturesOf(EmbeddingPooling.Mean)),
            ("model, maximum", FeaturesOf(EmbeddingPooling.Maximum)),
            ("model, last + FeaturizeText", FeaturesOf(EmbeddingPooling.Last, "States")
                .Append(mlContext.Transforms.Text.FeaturizeText("Counts", "Text"))
                .Append(mlContext.Transforms.Concatenate("Features", "States", "Counts"))),
        ];
        int[] sizes = [100, 300, 1_000];
        Console.WriteLine($"accuracy on {HeldOut:N0} held-out reviews, by the number of judged reviews{string.Concat(sizes.Select(size => $"{size,9:N0}"))}");
        foreach (var (name, features) in kinds)
            Console.WriteLine($"  {name,-72}{string.Concat(sizes.Select(size => $"{Accuracy(features, judged[..size]),9:P1}"))}");

        // States are small numbers around zero: a linear trainer learns little from them unless they are brought to one scale.
        IEstimator<ITransformer> FeaturesOf(EmbeddingPooling pooling, string name = "Features") => mlContext.LanguageModeling.FromModel(
                model, new LanguageModelColumns { NextWordColumnName = null, FeaturesColumnName = name, Embedding = new EmbeddingOptions { Pooling = pooling } })
            .Append(mlContext.Transforms.NormalizeMeanVariance(name, fixZero: false));

        double Accuracy(IEstimator<ITransformer> features, Review[] judged)
        {
            var pipeline = features.AppendCacheCheckpoint(mlContext)
                .Append(mlContext.BinaryClassification.Trainers.SdcaLogisticRegression(labelColumnName: nameof(Review.IsContent)));
            var fitted = pipeline.Fit(mlContext.Data.LoadFromEnumerable(judged));
            return mlContext.BinaryClassification.Evaluate(fitted.Transform(mlContext.Data.LoadFromEnumerable(heldOut)), nameof(Review.IsContent)).Accuracy;
        }
    }
}
