using RnnLm.Tests.Inference;

namespace RnnLm.Tests.Scoring;

public class ScoreTests
{
    private readonly LanguageModel model = RandomModels.Model();

    [Fact]
    public void A_score_is_the_sum_of_the_steps()
    {
        var score = model.Score("w3 w4 w5");
        var plain = new PlainNetwork(RandomModels.Weights(CellKind.Lstm));
        var expected = 0.0;
        var previous = Vocabulary.EndOfLineId;
        foreach (var id in new[] { 3, 4, 5, Vocabulary.EndOfLineId })
        {
            plain.Step(previous);
            expected += plain.LogProbabilities()[id];
            previous = id;
        }
        Assert.Equal(["w3", "w4", "w5", "<eos>"], score.Words.Select(word => word.Word));
        Assert.Equal(4, score.Count);
        Assert.Equal(0, score.UnknownCount);
        Assert.Equal(expected, score.LogProbability, 1e-4);
        Assert.Equal(score.Words.Sum(word => word.LogProbability), score.LogProbability, 1e-9);
        Assert.Equal(-expected / 4, score.CrossEntropy, 1e-4);
        Assert.Equal(Math.Exp(-score.LogProbability / 4), score.Perplexity, 1e-9);
    }

    [Fact]
    public void A_words_score_is_the_probability_the_next_words_give_it()
    {
        var score = model.Score("w3 w4", new ScoringOptions { IncludeEndOfLine = false });
        var next = model.NextWords("w3", count: 23).Single(word => word.Word == "w4");
        Assert.Equal(Math.Log(next.Probability), score.Words[1].LogProbability, 1e-6);
    }

    [Fact]
    public void The_end_of_line_word_is_left_out_when_asked()
    {
        var with = model.Score("w3 w4");
        var without = model.Score("w3 w4", new ScoringOptions { IncludeEndOfLine = false });
        Assert.Equal(with.Words.SkipLast(1), without.Words);
    }

    [Fact]
    public void Words_and_text_score_the_same()
        => Assert.Equal(model.Score("w3 w4").Words, model.Score(["w3", "w4"]).Words);

    [Fact]
    public void An_unknown_word_is_counted_excluded_or_penalised_by_the_policy()
    {
        const string Text = "w3 strange w4";
        var counted = model.Score(Text);
        Assert.Equal("strange", counted.Words[1].Word);
        Assert.True(counted.Words[1].IsUnknown);
        Assert.Equal((4, 1), (counted.Count, counted.UnknownCount));

        var excluded = model.Score(Text, new ScoringOptions { UnknownWords = UnknownWordPolicy.Excluded });
        Assert.Equal((3, 1), (excluded.Count, excluded.UnknownCount));
        Assert.Equal(counted.LogProbability - counted.Words[1].LogProbability, excluded.LogProbability, 1e-9);

        var penalised = model.Score(Text, new ScoringOptions { UnknownWords = UnknownWordPolicy.Penalized, UnknownWordLogProbability = -30 });
        Assert.Equal((4, 1), (penalised.Count, penalised.UnknownCount));
        Assert.Equal(excluded.LogProbability - 30, penalised.LogProbability, 1e-9);
    }

    [Fact]
    public void An_empty_text_is_the_end_of_line_alone_or_nothing()
    {
        Assert.Equal("<eos>", Assert.Single(model.Score("").Words).Word);
        var nothing = model.Score("", new ScoringOptions { IncludeEndOfLine = false });
        Assert.Equal((0, 0.0), (nothing.Count, nothing.LogProbability));
        Assert.True(double.IsNaN(nothing.Perplexity));
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void A_penalty_that_is_no_log_probability_is_refused(double value)
        => Assert.Throws<ArgumentOutOfRangeException>(() => model.Score("w3", new ScoringOptions { UnknownWordLogProbability = value }));

    [Fact]
    public void A_policy_that_does_not_exist_is_refused()
        => Assert.Throws<ArgumentOutOfRangeException>(() => model.Score("w3", new ScoringOptions { UnknownWords = (UnknownWordPolicy)9 }));
}
