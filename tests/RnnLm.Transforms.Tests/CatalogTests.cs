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
    public void An_input_column_that_is_not_named_is_the_one_of_the_outputs_name()
    {
        var data = mlContext.View(Sample.Lines);

        var model = mlContext.LanguageModeling.Trainers.RecurrentNetwork("Text", null, numberOfLayers: 1, embeddingSize: 4, hiddenSize: 4, numberOfEpochs: 1).Fit(data);
        var words = mlContext.LanguageModeling.TokenizeText("Text", null).Append(mlContext.LanguageModeling.MapWordsToKeys("Text", null)).Fit(data).Transform(data);

        Assert.Equal(Sample.Lines.Select(line => model.Model.NextWord(line)), model.Transform(data).Column<string>("Text"));
        Assert.Equal(["Text"], words.Schema.VisibleColumns());
    }

    [Fact]
    public void Several_columns_are_made_at_once_of_the_columns_as_they_were()
    {
        var data = mlContext.Data.LoadFromEnumerable([new TwoTexts { A = "a b", B = "b c c" }, new TwoTexts { A = "", B = "d" }]);
        InputOutputColumnPair[] swapped = [new("A", "B"), new("B", "A"), new("C", "A")];

        var words = mlContext.LanguageModeling.TokenizeText(swapped).Fit(data).Transform(data);
        var keys = mlContext.LanguageModeling.MapWordsToKeys(swapped).Fit(words).Transform(words);

        Assert.Equal([["b", "c", "c"], ["d"]], words.Column<string[]>("A"));
        Assert.Equal([["a", "b"], []], words.Column<string[]>("B"));
        Assert.Equal(words.Column<string[]>("B"), words.Column<string[]>("C"));
        Assert.Equal([[3, 4], []], keys.Column<uint[]>("A"));
        Assert.Equal([[4, 3, 3], [5]], keys.Column<uint[]>("B"));
        Assert.Equal(["A", "B", "C"], keys.Schema.VisibleColumns());
    }

    [Fact]
    public void Pairs_of_columns_that_cannot_be_are_refused()
    {
        Assert.Throws<ArgumentException>(() => mlContext.LanguageModeling.TokenizeText([]));
        Assert.Throws<ArgumentNullException>(() => mlContext.LanguageModeling.MapWordsToKeys(null!, new VocabularyOptions()));
        var same = Assert.Throws<ArgumentException>(() => mlContext.LanguageModeling.TokenizeText([new("A", "B"), new("A", "C")]));
        Assert.StartsWith("Two output columns are \"A\"", same.Message, StringComparison.Ordinal);
        var own = Assert.Throws<ArgumentException>(() => mlContext.LanguageModeling.MapWordsToKeys("__RnnLm.Words"));
        Assert.Contains("are kept for language models themselves", own.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => mlContext.LanguageModeling.TokenizeText(""));
    }

    [Fact]
    public void A_transformer_and_its_columns_can_be_read_by_people()
    {
        var data = mlContext.View("a");
        var model = Sample.Model("a", "b");
        var columns = new LanguageModelColumns { PerplexityColumnName = "P" };

        Assert.Equal($"Text → NextWord, P: {model}", mlContext.LanguageModeling.FromModel(model, columns).Fit(data).ToString());
        Assert.Equal("Text → NextWord, P", columns.ToString());
    }

    [Fact]
    public void The_catalog_is_there_for_languages_without_extension_properties()
    {
        var data = mlContext.View("a b");

        var words = LanguageModelingCatalog.For(mlContext).TokenizeText("Words", "Text").Fit(data).Transform(data);

        Assert.Equal(["a", "b"], words.Column<string[]>("Words").Single());
    }

    [Fact]
    public void One_namespace_beside_that_of_ML_NET_has_everything()
        => Assert.Equal(
            ["Microsoft.ML", "RnnLm"],
            new[] { typeof(LanguageModel), typeof(LanguageModelTrainer), typeof(LanguageModelingCatalog) }
                .SelectMany(type => type.Assembly.GetExportedTypes()).Select(type => type.Namespace).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void The_same_seed_gives_the_same_model()
    {
        var data = mlContext.View(Sample.Lines);

        var one = mlContext.LanguageModeling.Trainers.RecurrentNetwork(Sample.FullOptions()).Fit(data);
        var two = mlContext.LanguageModeling.Trainers.RecurrentNetwork(Sample.FullOptions()).Fit(data);

        Assert.Equal(one.Transform(data).Column<float>("LogProbability"), two.Transform(data).Column<float>("LogProbability"));
    }

    private sealed class TwoTexts
    {
        public string A { get; set; } = "";

        public string B { get; set; } = "";
    }
}
