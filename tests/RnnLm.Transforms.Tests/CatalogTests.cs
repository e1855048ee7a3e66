using Microsoft.ML;

namespace RnnLm.Transforms.Tests;

public sealed class CatalogTests
{
    private readonly MLContext mlContext = new(seed: 1);

    [Fact]
    public void A_few_parameters_are_enough_to_train()
    {
        var data = mlContext.View(Sample.Lines);

        var model = mlContext.LanguageModeling.Trainers
            .RecurrentNetwork("Next", "Text", numberOfLayers: 1, embeddingSize: 6, hiddenSize: 7, numberOfEpochs: 1, maximumNumberOfKeys: 10).Fit(data);

        Assert.Equal(new NetworkShape { Cell = CellKind.Lstm, VocabularySize = 10, EmbeddingSize = 6, HiddenSize = 7, Layers = 1 }, model.Model.Shape);
        Assert.Equal(Sample.Lines.Select(line => model.Model.NextWord(line)), model.Transform(data).Column<string>("Next"));
    }

    [Fact]
    public void The_catalog_is_there_for_languages_without_extension_properties()
    {
        var data = mlContext.View("a b");

        var words = LanguageModelingCatalog.For(mlContext).TokenizeText("Words", "Text").Fit(data).Transform(data);

        Assert.Equal(["a", "b"], words.Column<string[]>("Words").Single());
    }

    [Fact]
    public void The_same_seed_gives_the_same_model()
    {
        var data = mlContext.View(Sample.Lines);

        var one = mlContext.LanguageModeling.Trainers.RecurrentNetwork(Sample.FullOptions()).Fit(data);
        var two = mlContext.LanguageModeling.Trainers.RecurrentNetwork(Sample.FullOptions()).Fit(data);

        Assert.Equal(one.Transform(data).Column<float>("LogProbability"), two.Transform(data).Column<float>("LogProbability"));
    }
}
