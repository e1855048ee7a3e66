using Microsoft.ML;

namespace RnnLm.Transforms.Tests;

public sealed class SeveralModelsTests
{
    private readonly MLContext mlContext = new(seed: 1);
    private readonly LanguageModel first = Sample.Model("a", "b", "c");
    private readonly LanguageModel second = Sample.Model("a", "b", "c", "d", "e");
    private readonly IDataView data;
    private readonly ITransformer pipeline;

    public SeveralModelsTests()
    {
        data = mlContext.View("a b", "c", "");
        pipeline = mlContext.LanguageModeling.FromModel(first, new LanguageModelColumns { NextWordColumnName = "First", PerplexityColumnName = "FirstPerplexity" })
            .Append(mlContext.LanguageModeling.FromModel(second, new LanguageModelColumns { NextWordColumnName = "Second", PerplexityColumnName = "SecondPerplexity" }))
            .Fit(data);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Two_models_in_one_pipeline_do_not_get_in_each_others_way(bool afterLoad)
    {
        var transformed = Pipeline(afterLoad).Transform(data);

        Assert.Equal(["Text", "First", "FirstPerplexity", "Second", "SecondPerplexity"], transformed.Schema.VisibleColumns());
        string[] texts = ["a b", "c", ""];
        Assert.Equal(texts.Select(text => first.NextWord(text)), transformed.Column<string>("First"));
        Assert.Equal(texts.Select(text => second.NextWord(text)), transformed.Column<string>("Second"));
        Assert.Equal(texts.Select(text => (float)first.Score(text).Perplexity), transformed.Column<float>("FirstPerplexity"));
        Assert.Equal(texts.Select(text => (float)second.Score(text).Perplexity), transformed.Column<float>("SecondPerplexity"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void They_are_found_in_the_order_in_which_they_run_and_one_has_to_be_chosen(bool afterLoad)
    {
        var both = Pipeline(afterLoad);

        Assert.Equal([5, 7], both.GetLanguageModels().Select(found => found.Model.Vocabulary.Count));
        Assert.False(both.TryGetLanguageModel(out _));
        var fault = Assert.Throws<InvalidOperationException>(() => both.GetLanguageModel());
        Assert.StartsWith("There are 2 language models in this pipeline", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void One_of_them_is_measured_by_its_index(bool afterLoad)
    {
        var both = Pipeline(afterLoad);
        var rows = mlContext.View("a b e");

        Assert.Equal(1, mlContext.LanguageModeling.Evaluate(both, rows, index: 0).Unknown);
        Assert.Equal(0, mlContext.LanguageModeling.Evaluate(both, rows, index: 1).Unknown);
        Assert.Throws<InvalidOperationException>(() => mlContext.LanguageModeling.Evaluate(both, rows));
        Assert.Throws<InvalidOperationException>(() => mlContext.LanguageModeling.Evaluate(both, rows, index: 2));
    }

    [Fact]
    public void A_model_may_read_what_another_one_says()
    {
        var columns = new LanguageModelColumns { NextWordColumnName = "First" };
        var chain = mlContext.LanguageModeling.FromModel(first, columns)
            .Append(mlContext.LanguageModeling.FromModel(second, new LanguageModelColumns { InputColumnName = "First", NextWordColumnName = "Second" }))
            .Fit(data);

        var transformed = mlContext.SaveAndLoad(chain, data).Transform(data);

        Assert.Equal(transformed.Column<string>("First").Select(word => second.NextWord(word)), transformed.Column<string>("Second"));
    }

    [Fact]
    public void A_model_is_found_in_a_chain_within_a_chain_and_alone()
    {
        var alone = mlContext.LanguageModeling.FromModel(first).Fit(data);
        var nested = mlContext.Transforms.CopyColumns("A", "Text")
            .Append(mlContext.Transforms.CopyColumns("B", "Text").Append(mlContext.LanguageModeling.FromModel(first)))
            .Fit(data);

        Assert.Same(first, alone.GetLanguageModel().Model);
        Assert.Same(first, nested.GetLanguageModel().Model);
        Assert.True(mlContext.SaveAndLoad(nested, data).TryGetLanguageModel(out var found));
        Assert.Equal(first.Vocabulary, found.Model.Vocabulary);
        Assert.True(mlContext.SaveAndLoad(alone, data).TryGetLanguageModel(out _));
    }

    [Fact]
    public void A_pipeline_without_a_model_says_so()
    {
        var none = mlContext.Transforms.CopyColumns("Copy", "Text").Append(mlContext.LanguageModeling.TokenizeText("Words", "Text")).Fit(data);

        Assert.Empty(none.GetLanguageModels());
        Assert.False(none.TryGetLanguageModel(out _));
        Assert.Throws<InvalidOperationException>(() => none.GetLanguageModel());
    }

    private ITransformer Pipeline(bool afterLoad) => afterLoad ? mlContext.SaveAndLoad(pipeline, data) : pipeline;
}
