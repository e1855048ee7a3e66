using RnnLm.Tests.Mixtures;

namespace RnnLm.Tests.Scoring;

public class ScoreStreamTests
{
    private static readonly string[] Lines = ["w3 w4 w5", "", "w4 zebra w4", "w3", "w3 w4 w5"];

    private readonly LanguageModel model = RandomModels.Model();

    public static TheoryData<string> Mixtures => [.. MixtureCase.Names];

    [Fact]
    public void Lines_as_one_stream_have_together_what_the_evaluation_has() => AssertAsEvaluated(model);

    [Theory]
    [MemberData(nameof(Mixtures))]
    public void Lines_as_one_stream_of_a_mixture_have_together_what_the_evaluation_has(string name) => AssertAsEvaluated(MixtureCase.Of(name).Model);

    [Fact]
    public void A_line_of_a_stream_is_scored_from_the_lines_before_it()
    {
        var scores = model.ScoreStream(Lines).ToList();
        Assert.Equal(model.Score(Lines[0]).Words, scores[0].Words);
        Assert.NotEqual(scores[0].LogProbability, scores[^1].LogProbability);

        var state = model.Start();
        foreach (var (line, score) in Lines.Zip(scores)) Assert.Equal(score.Words, model.ScoreFrom(state, line).Words);
        Assert.Equal(scores.Select(score => score.LogProbability), model.ScoreStream(Lines).Select(score => score.LogProbability));
    }

    [Fact]
    public void An_end_of_line_that_is_not_scored_is_read_all_the_same()
    {
        var with = model.ScoreStream(Lines).ToList();
        var without = model.ScoreStream(Lines, new ScoringOptions { IncludeEndOfLine = false }).ToList();
        Assert.Equal(with.Select(score => score.Words.SkipLast(1)), without.Select(score => score.Words));
    }

    [Fact]
    public void A_text_goes_on_with_what_a_state_has_read()
    {
        var options = new ScoringOptions { IncludeEndOfLine = false };
        var state = model.Start("w3 w4");
        Assert.Equal(model.Score("w3 w4 w5 w6").Words.Skip(2).Take(2), model.ScoreFrom(state, "w5 w6", options).Words);
        Assert.Equal(model.Start("w3 w4 w5 w6").Output.ToArray(), state.Output.ToArray());
        Assert.Empty(model.ScoreFrom(state, "", options).Words);
        Assert.Equal(model.Start("w3 w4 w5 w6").Output.ToArray(), state.Output.ToArray());
    }

    [Fact]
    public void Lines_are_read_when_their_scores_are_asked_for()
    {
        var taken = 0;
        IEnumerable<string> Endless()
        {
            while (true)
            {
                taken++;
                yield return "w3";
            }
        }
        Assert.Equal(3, model.ScoreStream(Endless()).Take(3).Count());
        Assert.Equal(3, taken);
    }

    [Fact]
    public void A_line_that_is_null_and_the_state_of_another_model_are_refused()
    {
        Assert.Contains("index 1", Assert.Throws<ArgumentException>(() => model.ScoreStream(["w3", null!]).Count()).Message);
        Assert.Throws<ArgumentException>("state", () => model.ScoreFrom(RandomModels.Model(hidden: 9).Start(), "w3"));
        Assert.Throws<ArgumentException>("state", () => MixtureCase.Of("cache").Model.ScoreFrom(model.Start(), "w3"));
        Assert.Throws<ArgumentOutOfRangeException>(() => { model.ScoreStream([], new ScoringOptions { UnknownWordLogProbability = 1 }); });
    }

    private static void AssertAsEvaluated(LanguageModel model)
    {
        var metrics = model.Evaluate(TokenStream.Encode(Tokenizer.Whitespace, model.Vocabulary, Lines, skipLinesWithoutWords: false));
        var scores = model.ScoreStream(Lines).ToList();
        Assert.Equal(metrics.Words, scores.Sum(score => score.Count));
        Assert.Equal(metrics.Unknown, scores.Sum(score => score.UnknownCount));
        Assert.Equal(-metrics.CrossEntropy * metrics.Words, scores.Sum(score => score.LogProbability), 1e-4);
    }
}
