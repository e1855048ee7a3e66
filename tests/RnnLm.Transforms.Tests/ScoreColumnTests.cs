using Microsoft.ML;

namespace RnnLm.Transforms.Tests;

/// <summary>Columns of scores, as a whole and word by word.</summary>
public sealed class ScoreColumnTests
{
    private static readonly string[] Texts = ["the cat  sat", "", "a zebra saw the été", "zebra"];

    private readonly MLContext mlContext = new(seed: 1);
    private readonly LanguageModel model = Sample.Model("the", "cat", "dog", "a", "sat", "saw");

    [Theory]
    [InlineData(UnknownWordPolicy.Counted, null)]
    [InlineData(UnknownWordPolicy.Excluded, null)]
    [InlineData(UnknownWordPolicy.Penalized, null)]
    [InlineData(UnknownWordPolicy.Penalized, -4.5)]
    public void Every_column_says_what_the_model_says_before_and_after_it_is_saved(UnknownWordPolicy policy, double? penalty)
    {
        var options = new ScoringOptions { UnknownWords = policy, IncludeRanks = true, IncludeEntropies = true };
        if (penalty is { } value) options.UnknownWordLogProbability = value;
        var data = mlContext.View(Texts);
        var transformer = mlContext.LanguageModeling.FromModel(model, Columns("Text", policy, penalty)).Fit(data);
        foreach (var pipeline in new[] { transformer, mlContext.SaveAndLoad(transformer, data) }) AssertScores(Texts.Select(text => model.Score(text, options)), pipeline.Transform(data), policy);
    }

    [Theory]
    [InlineData(UnknownWordPolicy.Counted)]
    [InlineData(UnknownWordPolicy.Excluded)]
    public void Words_have_the_scores_of_words(UnknownWordPolicy policy)
    {
        var options = new ScoringOptions { UnknownWords = policy, IncludeRanks = true, IncludeEntropies = true };
        string[][] rows = [["the", "", "cat"], [], ["a", "zebra", "saw"]];
        var data = mlContext.ViewOfWords(rows);
        var transformer = mlContext.LanguageModeling.FromModel(model, Columns("Words", policy, null, words: "Scored")).Fit(data);
        AssertScores(rows.Select(words => model.Score(words, options)), mlContext.SaveAndLoad(transformer, data).Transform(data), policy, words: "Scored");
    }

    [Fact]
    public void A_key_that_is_missing_is_an_unknown_word_of_characters_that_nobody_knows()
    {
        var rows = mlContext.ViewOfWords(["the", "cat"], ["the", "zebra"]);
        var known = mlContext.ViewOfWords(["the", "cat"]);
        var keys = mlContext.Transforms.Conversion.MapValueToKey("Keys", "Words").Fit(known).Transform(rows);
        var transformed = mlContext.LanguageModeling.FromModel(model, Columns("Keys", UnknownWordPolicy.Counted, null)).Fit(keys).Transform(keys);
        Assert.Equal(["the cat <eos>", "the <unk> <eos>"], transformed.Column<string[]>("Words").Select(words => string.Join(' ', words)));
        Assert.Equal([3, 3], transformed.Column<float[]>("WordRanks").Select(ranks => ranks.Length));
        Assert.Equal([false, true], transformed.Column<float>("BitsPerCharacter").Select(float.IsNaN));
        Assert.Equal((float)model.Score("the cat").BitsPerCharacter, transformed.Column<float>("BitsPerCharacter")[0], 1e-5f);
    }

    [Fact]
    public void A_mixture_has_them_too()
    {
        var mixture = model.With(new NeuralCache { Size = 10, Weight = 0.3 });
        var data = mlContext.View(Texts);
        var options = new ScoringOptions { IncludeRanks = true, IncludeEntropies = true };
        var transformed = mlContext.LanguageModeling.FromModel(mixture, Columns("Text", UnknownWordPolicy.Counted, null)).Fit(data).Transform(data);
        AssertScores(Texts.Select(text => mixture.Score(text, options)), transformed, UnknownWordPolicy.Counted);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void Options_that_do_not_go_together_are_refused(LanguageModelColumns columns, string explanation)
        => Assert.Contains(explanation, Assert.ThrowsAny<ArgumentException>(() => mlContext.LanguageModeling.FromModel(model, columns)).Message, StringComparison.Ordinal);

    public static TheoryData<LanguageModelColumns, string> Faults => new()
    {
        { new() { UnknownWords = UnknownWordPolicy.Excluded }, "UnknownWords has no effect without LogProbabilityColumnName or " },
        { new() { LogProbabilityColumnName = "P", UnknownWords = (UnknownWordPolicy)9 }, "UnknownWords is 9" },
        { new() { LogProbabilityColumnName = "P", UnknownWordLogProbability = -3 }, "UnknownWordLogProbability is -3; it must be null where UnknownWords is not Penalized" },
        { new() { LogProbabilityColumnName = "P", UnknownWords = UnknownWordPolicy.Penalized, UnknownWordLogProbability = 1 }, "UnknownWordLogProbability is 1" },
    };

    private static void AssertScores(IEnumerable<TextScore> scores, IDataView transformed, UnknownWordPolicy policy, string words = "Words")
    {
        var expected = scores.ToArray();
        Assert.Equal(expected.Select(score => (float)score.LogProbability), transformed.Column<float>("LogProbability"), Near);
        Assert.Equal(expected.Select(score => (float)score.Perplexity), transformed.Column<float>("Perplexity"), Near);
        Assert.Equal(expected.Select(score => score.Count), transformed.Column<int>("WordCount"));
        Assert.Equal(expected.Select(score => score.UnknownCount), transformed.Column<int>("UnknownWordCount"));
        Assert.Equal(expected.Select(score => (float)score.BitsPerWord), transformed.Column<float>("BitsPerWord"), Near);
        Assert.Equal(expected.Select(score => (float)score.BitsPerCharacter), transformed.Column<float>("BitsPerCharacter"), Near);
        Assert.Equal(expected.Select(score => score.Words.Select(word => word.Word)), transformed.Column<string[]>(words));
        Assert.Equal(expected.Select(score => score.Words.Select(word => (float)word.Rank!.Value)), transformed.Column<float[]>("WordRanks"));
        foreach (var (score, (logProbabilities, entropies)) in expected.Zip(transformed.Column<float[]>("WordLogProbabilities").Zip(transformed.Column<float[]>("WordEntropies"))))
        {
            Assert.Equal(score.Words.Select(word => word.IsCounted ? (float)word.LogProbability : float.NaN), logProbabilities, Near);
            Assert.Equal(score.Words.Select(word => (float)word.Entropy!.Value), entropies, Near);
            if (policy == UnknownWordPolicy.Excluded) Assert.Equal(score.UnknownCount, logProbabilities.Count(float.IsNaN));
        }
    }

    private static bool Near(float x, float y) => float.IsNaN(x) ? float.IsNaN(y) : Math.Abs(x - y) <= 1e-4 * Math.Max(1, Math.Abs(x));

    private static LanguageModelColumns Columns(string input, UnknownWordPolicy policy, double? penalty, string words = "Words") => new()
    {
        InputColumnName = input,
        NextWordColumnName = null,
        LogProbabilityColumnName = "LogProbability",
        PerplexityColumnName = "Perplexity",
        WordCountColumnName = "WordCount",
        UnknownWordCountColumnName = "UnknownWordCount",
        BitsPerWordColumnName = "BitsPerWord",
        BitsPerCharacterColumnName = "BitsPerCharacter",
        WordsColumnName = words,
        WordLogProbabilitiesColumnName = "WordLogProbabilities",
        WordRanksColumnName = "WordRanks",
        WordEntropiesColumnName = "WordEntropies",
        UnknownWords = policy,
        UnknownWordLogProbability = penalty,
    };
}
