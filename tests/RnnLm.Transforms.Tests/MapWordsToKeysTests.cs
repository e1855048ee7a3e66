using Microsoft.ML;
using Microsoft.ML.Data;

namespace RnnLm.Transforms.Tests;

public sealed class MapWordsToKeysTests
{
    private readonly MLContext mlContext = new(seed: 1);

    [Fact]
    public void Key_values_are_the_vocabulary_in_the_order_of_its_ids()
    {
        var data = mlContext.ViewOfWords(["b", "a", "b"], ["c", "b", "a"]);

        var keys = mlContext.LanguageModeling.MapWordsToKeys("Keys", "Words").Fit(data).Transform(data);

        Assert.Equal(["<unk>", "<eos>", "b", "a", "c"], KeyValues(keys));
        Assert.Equal([[3, 4, 3], [5, 3, 4]], keys.Column<uint[]>("Keys"));
        Assert.Equal(["Words", "Keys"], keys.Schema.VisibleColumns());
        Assert.Equal(new VectorDataViewType(new KeyDataViewType(typeof(uint), 5)), keys.Schema["Keys"].Type);
    }

    [Fact]
    public void A_word_outside_the_vocabulary_gets_the_unknown_words_key_and_an_empty_word_a_missing_one()
    {
        var mapping = mlContext.LanguageModeling.MapWordsToKeys("Keys", "Words", new VocabularyOptions { UnknownWord = "[UNK]", MaximumSize = 4 })
            .Fit(mlContext.ViewOfWords(["a", "b", "c", "a", "b"]));

        var keys = mapping.Transform(mlContext.ViewOfWords(["a", "zebra", "c", "", "b", "[UNK]"]));

        Assert.Equal([3, 1, 1, 0, 4, 1], keys.Column<uint[]>("Keys").Single());
    }

    [Fact]
    public void Keys_go_back_to_words_by_the_built_in_mapping_even_after_a_load()
    {
        var data = mlContext.ViewOfWords(["the", "cat", "sat"], ["the", "dog"]);
        var pipeline = mlContext.LanguageModeling.MapWordsToKeys("Keys", "Words", new VocabularyOptions { MaximumSize = 4 })
            .Append(mlContext.Transforms.Conversion.MapKeyToValue("Back", "Keys"))
            .Fit(data);
        string[][] expected = [["the", "cat", "<unk>"], ["the", "<unk>"]];

        Assert.Equal(expected, pipeline.Transform(data).Column<string[]>("Back"));
        Assert.Equal(expected, mlContext.SaveAndLoad(pipeline, data).Transform(data).Column<string[]>("Back"));
    }

    [Fact]
    public void Tokenizing_vocabulary_and_network_make_one_pipeline_that_saves_and_loads()
    {
        var data = mlContext.View(Sample.Lines);
        var pipeline = mlContext.LanguageModeling.TokenizeText("Words", "Text")
            .Append(mlContext.LanguageModeling.MapWordsToKeys("Keys", "Words", new VocabularyOptions { MinimumCount = 2 }))
            .Append(mlContext.LanguageModeling.Trainers.RecurrentNetwork(Sample.FullOptions("Keys")))
            .Fit(data);

        var loaded = mlContext.SaveAndLoad(pipeline, data);

        Assert.Equal(pipeline.Transform(data).Column<float>("Perplexity"), loaded.Transform(data).Column<float>("Perplexity"));
        Assert.Equal(KeyValues(pipeline.Transform(data)), loaded.GetLanguageModel().Model.Vocabulary);
    }

    [Fact]
    public void A_column_that_is_not_words_is_refused_and_so_is_one_without_any()
    {
        var estimator = mlContext.LanguageModeling.MapWordsToKeys("Keys", "Text");
        var fault = Assert.Throws<ArgumentOutOfRangeException>(() => estimator.Fit(mlContext.View("a b")));
        Assert.Equal("Schema mismatch for input column 'Text': expected a vector of String (words, as TokenizeText and TokenizeIntoWords make them), got String (Parameter 'inputSchema')", fault.Message);

        var empty = Assert.Throws<InvalidOperationException>(() => mlContext.LanguageModeling.MapWordsToKeys("Keys", "Words").Fit(mlContext.ViewOfWords([], [""])));
        Assert.Contains("no word", empty.Message, StringComparison.Ordinal);

        Assert.Throws<ArgumentException>(() => mlContext.LanguageModeling.MapWordsToKeys("Keys", "Words", new VocabularyOptions { MinimumCount = 0 }));
    }

    [Fact]
    public void Options_that_change_afterwards_change_nothing_and_those_out_of_range_are_refused_at_once()
    {
        var options = new VocabularyOptions { MaximumSize = 3 };
        var estimator = mlContext.LanguageModeling.MapWordsToKeys("Keys", "Words", options);
        options.MaximumSize = null;
        var data = mlContext.ViewOfWords(["b", "a", "b"]);
        Assert.Equal(["<unk>", "<eos>", "b"], KeyValues(estimator.Fit(data).Transform(data)));
        Assert.Throws<ArgumentNullException>(() => estimator.Fit(null!));
        options.MinimumCount = 0;
        Assert.Throws<ArgumentException>(() => mlContext.LanguageModeling.MapWordsToKeys("Keys", "Words", options));
    }

    private static string[] KeyValues(IDataView keys)
    {
        var values = default(VBuffer<ReadOnlyMemory<char>>);
        keys.Schema["Keys"].GetKeyValues(ref values);
        return [.. values.DenseValues().Select(value => value.ToString())];
    }
}
