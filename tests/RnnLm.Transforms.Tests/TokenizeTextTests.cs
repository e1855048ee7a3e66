using Microsoft.ML;
using Microsoft.ML.Data;

namespace RnnLm.Transforms.Tests;

public sealed class TokenizeTextTests
{
    private readonly MLContext mlContext = new(seed: 1);

    [Fact]
    public void Text_becomes_words_by_the_tokenizer_given()
    {
        var data = mlContext.View("Hello, world!", null, "東京 2020");

        var running = mlContext.LanguageModeling.TokenizeText("Words", "Text").Fit(data).Transform(data);
        var characters = mlContext.LanguageModeling.TokenizeText("Words", "Text", Tokenizer.Characters).Fit(data).Transform(data);

        Assert.Equal([["Hello", ",", "world", "!"], [], ["東", "京", "2020"]], running.Column<string[]>("Words"));
        Assert.Equal([.. Tokenizer.Characters.Tokenize("東京 2020")], characters.Column<string[]>("Words")[2]);
        Assert.Equal(["Text", "Words"], running.Schema.VisibleColumns());
        Assert.Equal(new VectorDataViewType(TextDataViewType.Instance), running.Schema["Words"].Type);
    }

    [Fact]
    public void The_column_may_take_the_place_of_the_text()
    {
        var data = mlContext.View("a b");

        var words = mlContext.LanguageModeling.TokenizeText("Text").Fit(data).Transform(data);

        Assert.Equal(["a", "b"], words.Column<string[]>("Text").Single());
    }

    [Fact]
    public void The_tokenizer_is_saved_with_the_pipeline()
    {
        var data = mlContext.View("In 1984, HE wrote");
        var fitted = mlContext.LanguageModeling.TokenizeText("Words", "Text", Tokenizer.Text(lowerCase: true, NumberClass.Digits)).Fit(data);

        var loaded = mlContext.SaveAndLoad(fitted, data);

        Assert.Equal(fitted.Transform(data).Column<string[]>("Words").Single(), loaded.Transform(data).Column<string[]>("Words").Single());
        Assert.Contains("he", loaded.Transform(data).Column<string[]>("Words").Single());
    }

    [Fact]
    public void Words_split_here_train_the_model_that_text_trains_when_the_model_splits_it()
    {
        var data = mlContext.View(Sample.Lines);
        var fromText = mlContext.LanguageModeling.Trainers.RecurrentNetwork(Sample.FullOptions()).Fit(data);

        var fromWords = mlContext.LanguageModeling.TokenizeText("Words", "Text")
            .Append(mlContext.LanguageModeling.Trainers.RecurrentNetwork(Sample.FullOptions("Words")))
            .Fit(data);

        Assert.Equal(fromText.Transform(data).Column<float>("LogProbability"), fromWords.Transform(data).Column<float>("LogProbability"));
    }

    [Fact]
    public void A_column_that_is_not_text_is_refused()
    {
        var data = mlContext.ViewOfWords(["a"]);
        var estimator = mlContext.LanguageModeling.TokenizeText("Out", "Words");

        var fault = Assert.Throws<ArgumentOutOfRangeException>(() => estimator.Fit(data));

        Assert.Equal("Schema mismatch for input column 'Words': expected String, got Vector<String> (Parameter 'inputSchema')", fault.Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => estimator.Append(mlContext.Transforms.CopyColumns("Copy", "Out")).Fit(data));
    }
}
