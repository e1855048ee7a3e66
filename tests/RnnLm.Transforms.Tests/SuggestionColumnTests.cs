using Microsoft.ML;
using Microsoft.ML.Data;

namespace RnnLm.Transforms.Tests;

/// <summary>The columns of suggestions for a person who is typing the row.</summary>
public sealed class SuggestionColumnTests
{
    private static readonly string[] Texts = ["", "the c", "a sa", "a sat ", "teh", "zebra\nc", "the", "c"];

    private readonly MLContext mlContext = new(seed: 1);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    public void Suggestions_are_those_of_the_model_filled_up_with_empty_texts(int count)
    {
        var model = Model();
        var columns = Columns(count);
        var data = mlContext.View(Texts);
        var fitted = mlContext.LanguageModeling.FromModel(model, columns).Fit(data);
        foreach (var pipeline in (ITransformer[])[fitted, mlContext.SaveAndLoad(fitted, data)])
        {
            var made = pipeline.Transform(data);
            Assert.Equal(count, ((VectorDataViewType)made.Schema["Suggestions"].Type).Size);
            var suggestions = made.Column<ReadOnlyMemory<char>[]>("Suggestions");
            var probabilities = made.Column<float[]>("Probabilities");
            for (var row = 0; row < Texts.Length; row++)
            {
                var expected = model.Suggest(Texts[row].Replace('\n', ' '), columns.Suggestions);
                Assert.Equal([.. expected.Select(suggestion => suggestion.Text), .. Enumerable.Repeat("", count - expected.Count)], suggestions[row].Select(text => text.ToString()));
                Assert.Equal([.. expected.Select(suggestion => (float)suggestion.Probability), .. Enumerable.Repeat(0f, count - expected.Count)], probabilities[row]);
            }
        }
    }

    [Fact]
    public void Options_are_kept_in_a_saved_pipeline()
    {
        var data = mlContext.View("the c", "a s");
        var columns = Columns(2);
        columns.Suggestions.BlockedWords = ["cat"];
        columns.Suggestions.MaximumEdits = 0;
        columns.Suggestions.Confidence = 0.01;
        var loaded = mlContext.SaveAndLoad(mlContext.LanguageModeling.FromModel(Model(), columns).Fit(data), data);
        Assert.Equivalent(columns.Suggestions, loaded.GetLanguageModel().Columns.Suggestions, strict: true);
        Assert.All(loaded.Transform(data).Column<ReadOnlyMemory<char>[]>("Suggestions"), texts => Assert.DoesNotContain("cat", texts.Select(text => text.ToString())));
    }

    [Fact]
    public void A_column_of_words_is_refused_before_anything_is_read_or_learned()
    {
        var data = mlContext.ViewOfWords(["the", "cat"], ["a"]);
        var columns = Columns(2);
        columns.InputColumnName = "Words";
        var fault = Assert.Throws<ArgumentOutOfRangeException>(() => mlContext.LanguageModeling.FromModel(Model(), columns).Fit(data)).Message;
        Assert.Contains("expected String, since SuggestionsColumnName is made from the text as it was typed", fault, StringComparison.Ordinal);

        var options = Sample.FullOptions("Words");
        options.SuggestionProbabilitiesColumnName = "P";
        Assert.Contains("SuggestionProbabilitiesColumnName", Assert.Throws<ArgumentOutOfRangeException>(() => mlContext.LanguageModeling.Trainers.RecurrentNetwork(options).Fit(data)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_that_cannot_be_are_refused()
    {
        var columns = Columns(64);
        columns.Suggestions.BlockedWords = ["a b"];
        var fault = Assert.Throws<ArgumentException>(() => mlContext.LanguageModeling.FromModel(Model(), columns)).Message;
        Assert.Contains("Suggestions.Count is 64", fault, StringComparison.Ordinal);
        Assert.Contains("Suggestions.BlockedWords[0] is \"a b\"", fault, StringComparison.Ordinal);

        foreach (var set in (SuggestionOptions[])[new() { Count = 4 }, new() { BlockedWords = ["a"] }])
            Assert.Contains(
                "Suggestions has no effect without SuggestionsColumnName or SuggestionProbabilitiesColumnName;",
                Assert.Throws<ArgumentException>(() => mlContext.LanguageModeling.FromModel(Model(), new LanguageModelColumns { Suggestions = set })).Message, StringComparison.Ordinal);

        var options = Sample.FullOptions();
        options.Tokenizer = Tokenizer.Characters;
        options.SuggestionsColumnName = "Suggestions";
        options.Suggestions.MaximumEdits = 1;
        Assert.Contains("corrects nothing", Assert.Throws<ArgumentException>(() => mlContext.LanguageModeling.Trainers.RecurrentNetwork(options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Keystrokes_are_measured_on_rows_as_the_model_measures_them_on_lines()
    {
        var data = mlContext.View("the cat sat", "a dog", "");
        var pipeline = mlContext.Transforms.CopyColumns("Copy", "Text").Append(mlContext.LanguageModeling.FromModel(Model())).Fit(data);
        var options = new TypingEvaluationOptions { LearnUser = true };
        var measured = mlContext.LanguageModeling.EvaluateTyping(pipeline, data, options);
        var expected = Model().EvaluateTyping(["the cat sat", "a dog", ""], options);
        Assert.Equal(WithoutTimes(expected), WithoutTimes(measured));

        var words = mlContext.ViewOfWords(["the", "cat"]);
        var ofWords = mlContext.LanguageModeling.FromModel(Model(), new LanguageModelColumns { InputColumnName = "Words" }).Fit(words);
        Assert.Contains("expected String", Assert.Throws<ArgumentOutOfRangeException>(() => mlContext.LanguageModeling.EvaluateTyping(ofWords, words)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Keystrokes_are_measured_on_what_the_steps_before_the_model_make_of_the_rows_and_with_the_model_that_is_chosen(bool afterLoad)
    {
        string[] lines = ["The CAT sat", "A dog\r\nsaw the cat", "", "a zebra"];
        string[] typed = ["the cat sat", "a dog saw the cat", "", "a zebra"];
        var data = mlContext.View(lines);
        var other = Sample.Model("cat", "the", "dog");
        var columns = new LanguageModelColumns { InputColumnName = "Lower", NextWordColumnName = "First" };
        ITransformer pipeline = mlContext.Transforms.Text.NormalizeText("Lower", "Text")
            .Append(mlContext.LanguageModeling.FromModel(Model(), columns))
            .Append(mlContext.LanguageModeling.FromModel(other, new LanguageModelColumns { InputColumnName = "Text" }))
            .Fit(data);
        if (afterLoad) pipeline = mlContext.SaveAndLoad(pipeline, data);
        foreach (var options in (TypingEvaluationOptions?[])[null, new() { LearnUser = true, Suggestions = { MaximumEdits = 0, MaximumWords = 2 } }])
        {
            Assert.Equal(WithoutTimes(Model().EvaluateTyping(typed, options)), WithoutTimes(mlContext.LanguageModeling.EvaluateTyping(pipeline, data, options, index: 0)));
            Assert.Equal(
                WithoutTimes(other.EvaluateTyping(lines.Select(line => line.Replace("\r\n", " ", StringComparison.Ordinal)), options)),
                WithoutTimes(mlContext.LanguageModeling.EvaluateTyping(pipeline, data, options, index: 1)));
        }
        Assert.NotEqual(
            WithoutTimes(mlContext.LanguageModeling.EvaluateTyping(pipeline, data, index: 0)), WithoutTimes(mlContext.LanguageModeling.EvaluateTyping(pipeline, data, index: 1)));
        Assert.Throws<InvalidOperationException>(() => mlContext.LanguageModeling.EvaluateTyping(pipeline, data));
        Assert.Throws<InvalidOperationException>(() => mlContext.LanguageModeling.EvaluateTyping(pipeline, data, index: 2));
        Assert.Throws<ArgumentException>(() => mlContext.LanguageModeling.EvaluateTyping(pipeline, mlContext.View("", null), index: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => mlContext.LanguageModeling.EvaluateTyping(pipeline, data, new TypingEvaluationOptions { Suggestions = { Count = 4 } }, index: 0));
    }

    private static TypingMetrics WithoutTimes(TypingMetrics metrics) => metrics with { MillisecondsP50 = 0, MillisecondsP95 = 0 };

    private static LanguageModelColumns Columns(int count) => new()
    {
        NextWordColumnName = null,
        SuggestionsColumnName = "Suggestions",
        SuggestionProbabilitiesColumnName = "Probabilities",
        Suggestions = new SuggestionOptions { Count = count },
    };

    private static LanguageModel Model() => Sample.Model("the", "cat", "dog", "a", "sat", "saw");
}
