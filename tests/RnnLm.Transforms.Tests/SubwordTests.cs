using Microsoft.ML;

namespace RnnLm.Transforms.Tests;

/// <summary>Models of subwords in pipelines.</summary>
public sealed class SubwordTests
{
    private readonly MLContext mlContext = new(seed: 1);

    private static SubwordOptions Subwords => new() { VocabularySize = SubwordOptions.SmallestVocabulary + 20 };

    private static RecurrentNetworkOptions Options(string inputColumnName = "Text")
    {
        var options = Sample.FullOptions(inputColumnName);
        options.NextWordKeyColumnName = null;
        options.Subwords = Subwords;
        return options;
    }

    [Fact]
    public void Subwords_are_learned_when_the_pipeline_is_fitted_and_its_columns_are_of_whole_words()
    {
        var data = mlContext.View(Sample.Lines);
        var fitted = mlContext.LanguageModeling.Trainers.RecurrentNetwork(Options()).Fit(data);
        var model = fitted.Model;
        Assert.Equal(Tokenizer.LearnSubwords(Sample.Lines, Subwords).Merges, Assert.IsType<SubwordTokenizer>(model.Tokenizer).Merges);
        var prompts = mlContext.View("the cat", "The zebra, 我 ", "");
        AssertColumns(model, fitted.Transform(prompts), ["the cat", "The zebra, 我 ", ""]);
        AssertColumns(model, mlContext.SaveAndLoad(fitted, data).Transform(prompts), ["the cat", "The zebra, 我 ", ""]);
        var metrics = mlContext.LanguageModeling.Evaluate(fitted, data);
        Assert.Equal(Sample.Lines.Sum(line => Tokenizer.Text().Tokenize(line).Count + 1), metrics.Words);
        Assert.True(metrics.Pieces > metrics.Words);
        Assert.Equal(0, metrics.Unknown);
    }

    [Fact]
    public void Words_that_somebody_has_split_are_split_further()
    {
        string[][] rows = [.. Sample.Lines.Select(line => Tokenizer.Text().Tokenize(line).ToArray())];
        var data = mlContext.ViewOfWords(rows);
        var fitted = mlContext.LanguageModeling.Trainers.RecurrentNetwork(Options("Words")).Fit(data);
        var counts = fitted.Transform(data).Column<int>("WordCount");
        Assert.Equal(rows.Select(words => words.Length + 1), counts);
        Assert.All(fitted.Transform(data).Column<int>("UnknownWordCount"), count => Assert.Equal(0, count));
        Assert.Equal((float)fitted.Model.Score(rows[0]).LogProbability, fitted.Transform(data).Column<float>("LogProbability")[0], 1e-4f);
    }

    [Fact]
    public void Text_becomes_pieces_that_are_learned_of_the_column_and_saved_with_the_pipeline()
    {
        var data = mlContext.View(Sample.Lines);
        var fitted = mlContext.LanguageModeling.TokenizeText("Pieces", "Text", Subwords).Fit(data);
        var tokenizer = Tokenizer.LearnSubwords(Sample.Lines, Subwords);
        Assert.Equal(Sample.Lines.Select(line => tokenizer.Tokenize(line).ToArray()), fitted.Transform(data).Column<string[]>("Pieces"));
        Assert.Equal(fitted.Transform(data).Column<string[]>("Pieces"), mlContext.SaveAndLoad(fitted, data).Transform(data).Column<string[]>("Pieces"));
        Assert.Throws<InvalidOperationException>(() => mlContext.LanguageModeling.TokenizeText("Pieces", "Text", Subwords).Fit(mlContext.View("", null)));
        Assert.Throws<ArgumentOutOfRangeException>(() => mlContext.LanguageModeling.TokenizeText("Pieces", "Text", new SubwordOptions { VocabularySize = 10 }));
    }

    [Fact]
    public void Options_that_do_not_go_together_are_refused_by_name()
    {
        var options = Options();
        (options.Tokenizer, options.NextWordKeyColumnName) = (Tokenizer.Characters, "Key");
        options.Subwords!.VocabularySize = 3;
        options.Vocabulary = new VocabularyOptions { MaximumSize = 50, MinimumCount = 2 };
        var fault = Assert.Throws<ArgumentException>(() => mlContext.LanguageModeling.Trainers.RecurrentNetwork(options));
        foreach (var said in (string[])["Subwords.VocabularySize is 3", "Subwords and Tokenizer are both given", "NextWordKeyColumnName is wanted", "Vocabulary.MaximumSize is 50", "Vocabulary.MinimumCount is 2"])
            Assert.Contains(said, fault.Message, StringComparison.Ordinal);

        var model = mlContext.LanguageModeling.Trainers.RecurrentNetwork(Options()).Fit(mlContext.View(Sample.Lines)).Model;
        var columns = new LanguageModelColumns { NextWordKeyColumnName = "Key" };
        Assert.Contains("NextWordKeyColumnName", Assert.Throws<ArgumentException>(() => mlContext.LanguageModeling.FromModel(model, columns)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Suggestions_and_suspects_are_columns_of_whole_words()
    {
        var data = mlContext.View(Sample.Lines);
        var options = Options();
        (options.SuggestionsColumnName, options.SuggestionProbabilitiesColumnName) = ("Suggestions", "SuggestionProbabilities");
        (options.SuspectWordColumnName, options.SuspectPositionColumnName) = ("Suspect", "SuspectPosition");
        (options.SuspectLogOddsColumnName, options.SuspectAlternativeColumnName) = ("SuspectLogOdds", "SuspectAlternative");
        options.Suggestions = new SuggestionOptions { Count = 4, MaximumWords = 2, ContinuationConfidence = 0.01 };
        options.Suspects.Shortlist = 8;
        var fitted = mlContext.LanguageModeling.Trainers.RecurrentNetwork(options).Fit(data);
        string[] texts = ["the ca", "the zebra sat ", "Teh", "", "a"];
        var prompts = mlContext.View(texts);
        foreach (var rows in (IDataView[])[fitted.Transform(prompts), mlContext.SaveAndLoad(fitted, data).Transform(prompts)])
        {
            for (var i = 0; i < texts.Length; i++)
            {
                var suggestions = fitted.Model.Suggest(texts[i], options.Suggestions);
                Assert.Equal([.. suggestions.Select(suggestion => suggestion.Text), .. Enumerable.Repeat("", 4 - suggestions.Count)], rows.Column<string[]>("Suggestions")[i]);
                Assert.Equal(
                    [.. suggestions.Select(suggestion => (float)suggestion.Probability), .. Enumerable.Repeat(0f, 4 - suggestions.Count)], rows.Column<float[]>("SuggestionProbabilities")[i]);
                var suspect = fitted.Model.FindSuspects(texts[i], 1, options.Suspects) is [var first] ? first : null;
                Assert.Equal(suspect?.Word ?? "", rows.Column<string>("Suspect")[i]);
                Assert.Equal(suspect?.Position ?? -1, rows.Column<int>("SuspectPosition")[i]);
                Assert.Equal((float)(suspect?.LogOdds ?? 0), rows.Column<float>("SuspectLogOdds")[i]);
                Assert.Equal(suspect?.Alternatives[0].Word ?? "", rows.Column<string>("SuspectAlternative")[i]);
            }
        }
        Assert.Contains(fitted.Transform(prompts).Column<int>("SuspectPosition"), position => position >= 0);

        // Words that somebody has split are looked through too.
        var words = mlContext.ViewOfWords(["the", "zebra", "sat"]);
        var ofWords = mlContext.LanguageModeling.FromModel(fitted.Model, new LanguageModelColumns { InputColumnName = "Words", SuspectWordColumnName = "Suspect" }).Fit(words);
        Assert.Equal(fitted.Model.FindSuspects(["the", "zebra", "sat"], 1)[0].Word, ofWords.Transform(words).Column<string>("Suspect")[0]);

        var metrics = mlContext.LanguageModeling.EvaluateTyping(fitted, mlContext.View("the cat sat"));
        Assert.Equal((11, 3), (metrics.Keystrokes, metrics.Words));
    }

    [Fact]
    public void The_score_of_unknown_words_is_refused_before_anything_is_learned()
    {
        var options = Options();
        options.SuspectWordColumnName = "Suspect";
        options.Suspects.UnknownWordLogProbability = -9;
        Assert.Contains(
            "UnknownWordLogProbability has no effect with a model of subwords",
            Assert.Throws<ArgumentException>(() => mlContext.LanguageModeling.Trainers.RecurrentNetwork(options)).Message, StringComparison.Ordinal);
    }

    private static void AssertColumns(LanguageModel model, IDataView rows, string[] texts)
    {
        for (var i = 0; i < texts.Length; i++)
        {
            var next = model.NextWords(texts[i], 3);
            Assert.Equal(next[0].Word, rows.Column<string>("NextWord")[i]);
            Assert.Equal(next.Select(word => word.Word), rows.Column<string[]>("NextWords")[i]);
            Assert.Equal(next.Select(word => (float)word.Probability), rows.Column<float[]>("Probabilities")[i]);
            var score = model.Score(texts[i]);
            Assert.Equal((float)score.LogProbability, rows.Column<float>("LogProbability")[i], 1e-4f);
            Assert.Equal((float)score.Perplexity, rows.Column<float>("Perplexity")[i], (float)score.Perplexity * 1e-4f);
            Assert.Equal(score.Count, rows.Column<int>("WordCount")[i]);
        }
    }
}
