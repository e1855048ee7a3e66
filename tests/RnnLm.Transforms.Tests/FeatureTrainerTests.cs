using Microsoft.ML;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;

namespace RnnLm.Transforms.Tests;

/// <summary>The features of rows as the trees of ML.NET take them: learned from, saved and loaded, and for one row after another.</summary>
public sealed class FeatureTrainerTests
{
    private static readonly string[] Words = ["the", "cat", "dog", "sat", "saw", "a"];

    private readonly MLContext mlContext = new(seed: 1);

    [Fact]
    public void FastTree_learns_of_the_features_and_predicts_after_a_load()
        => LearnOf(mlContext.BinaryClassification.Trainers.FastTree(new FastTreeBinaryTrainer.Options
        {
            NumberOfTrees = 20,
            NumberOfLeaves = 6,
            MinimumExampleCountPerLeaf = 2,
            NumberOfThreads = 1,
        }));

    [LightGbmFact]
    public void LightGbm_learns_of_the_features_and_predicts_after_a_load()
        => LearnOf(mlContext.BinaryClassification.Trainers.LightGbm(new LightGbmBinaryTrainer.Options
        {
            NumberOfIterations = 20,
            NumberOfLeaves = 6,
            MinimumExampleCountPerLeaf = 2,
            NumberOfThreads = 1,
        }));

    /// <summary>Whether a text ends with a cat or a dog is in the state after it.</summary>
    private void LearnOf(IEstimator<ITransformer> trainer)
    {
        var (seen, unseen) = (Rows(seed: 1, count: 200), Rows(seed: 2, count: 100));
        var columns = new LanguageModelColumns { NextWordColumnName = null, FeaturesColumnName = "Features", Embedding = new EmbeddingOptions { AllLayers = true } };

        var fitted = mlContext.LanguageModeling.FromModel(Network(), columns).AppendCacheCheckpoint(mlContext).Append(trainer).Fit(seen);

        var loaded = mlContext.SaveAndLoad(fitted, seen);
        var predicted = loaded.Transform(unseen);
        Assert.Equal(fitted.Transform(unseen).Column<float>("Score"), predicted.Column<float>("Score"));
        var metrics = mlContext.BinaryClassification.Evaluate(predicted);
        Assert.InRange(metrics.Accuracy, 0.9, 1);
        Assert.InRange(unseen.Column<bool>("Label").Count(label => label), 30, 70);
        // What a feature is worth is told by its name.
        var worth = mlContext.BinaryClassification.PermutationFeatureImportanceNonCalibrated(loaded, predicted);
        Assert.Equal(Network().GetEmbeddingNames(columns.Embedding).Order(StringComparer.Ordinal), worth.Keys.Order(StringComparer.Ordinal));
        using var engine = mlContext.Model.CreatePredictionEngine<LabelledText, Prediction>(loaded);
        Assert.Equal(
            predicted.Column<float>("Score")[..5],
            mlContext.Data.CreateEnumerable<LabelledText>(unseen, reuseRowObject: false).Take(5).Select(row => engine.Predict(row).Score));
    }

    private IDataView Rows(int seed, int count)
    {
        var random = new Random(seed);
        return mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, count).Select(_ =>
        {
            var isOfCats = random.Next(2) == 0;
            var begin = Enumerable.Range(0, random.Next(1, 6)).Select(_ => Words[random.Next(Words.Length)]);
            return new LabelledText { Text = string.Join(' ', begin.Append(isOfCats ? "cat" : "dog")), Label = isOfCats };
        }).ToArray());
    }

    private static LanguageModel Network()
    {
        var weights = new NetworkWeights(new NetworkShape { Cell = CellKind.Lstm, VocabularySize = Words.Length + 2, EmbeddingSize = 4, HiddenSize = 12, Layers = 2 });
        var random = new Random(1);
        foreach (var parameter in weights.Parameters)
            foreach (ref var value in parameter.Values.AsSpan()) value = (float)((2 * random.NextDouble()) - 1);
        return new LanguageModel(Tokenizer.Whitespace, new Vocabulary(["<unk>", "<eos>", .. Words]), weights);
    }

    private sealed class LabelledText
    {
        public string Text { get; set; } = "";

        public bool Label { get; set; }
    }

    private sealed class Prediction
    {
        public float Score { get; set; }
    }
}
