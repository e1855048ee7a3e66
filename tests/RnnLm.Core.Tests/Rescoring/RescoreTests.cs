using RnnLm.Tests.Mixtures;

namespace RnnLm.Tests.Rescoring;

public sealed class RescoreTests
{
    private static readonly LanguageModel Model = RandomModels.Model();

    public static TheoryData<string> Mixtures => [.. MixtureCase.Names];

    [Fact]
    public void A_score_is_put_together_as_the_formula_says()
    {
        var options = new RescoringOptions { LanguageModelWeight = 0.7, ScoreWeights = [2, 0.5], WordInsertionPenalty = 0.3 };
        var list = new NBestList("u", [new("w3 w4", [-1, -4]), new("w3 nowhere w9", [-2, 1])]);
        foreach (var kind in Enum.GetValues<HypothesisScoreKind>())
        {
            options.Scores = kind;
            var sign = kind == HypothesisScoreKind.Cost ? -1 : 1;
            foreach (var hypothesis in Model.Rescore(list, options).Hypotheses)
            {
                var (own, score) = (hypothesis.Hypothesis.Scores, Model.Score(hypothesis.Text));
                Assert.Equal(score.LogProbability, hypothesis.LogProbability);
                Assert.Equal((score.Count - 1, score.UnknownCount), (hypothesis.Words, hypothesis.UnknownWords));
                Assert.Equal((sign * ((2 * own[0]) + (0.5 * own[1]))) + (0.7 * score.LogProbability) - (0.3 * hypothesis.Words), hypothesis.Score, 1e-12);
            }
        }
    }

    [Fact]
    public void The_best_comes_first_and_equal_ones_keep_their_order()
    {
        var list = new NBestList("u", [new("w3", -3), new("w4", -1), new("w5", -3), new("w6", -2), new("w7", -1)]);
        var rescored = Model.Rescore(list, new RescoringOptions { LanguageModelWeight = 0 });
        Assert.Equal(["w4", "w7", "w6", "w3", "w5"], rescored.Hypotheses.Select(hypothesis => hypothesis.Text));
        Assert.Equal([1, 4, 3, 0, 2], rescored.Hypotheses.Select(hypothesis => hypothesis.Place));
        Assert.Equal("w4", rescored.BestText);
        Assert.Equal([1, 1, 2, 3, 3], rescored.ToNBestList(HypothesisScoreKind.Cost).Hypotheses.Select(hypothesis => hypothesis.Scores.Single()));
    }

    [Fact]
    public void The_language_model_and_the_penalty_have_their_say()
    {
        var (likely, unlikely) = (Model.Score("w3 w4").LogProbability, Model.Score("w9 w9").LogProbability);
        var list = new NBestList("u", [new("w3 w4", 0.0), new("w9 w9", 0.0), new("", 0.0)]);
        var best = Model.Rescore(list, new RescoringOptions { WordInsertionPenalty = -1000 }).BestText;
        Assert.Equal(likely > unlikely ? "w3 w4" : "w9 w9", best);
        Assert.Equal("", Model.Rescore(list, new RescoringOptions { WordInsertionPenalty = 1000 }).BestText);
    }

    [Theory]
    [InlineData(UnknownWordPolicy.Counted, true)]
    [InlineData(UnknownWordPolicy.Excluded, false)]
    [InlineData(UnknownWordPolicy.Penalized, true)]
    public void Hypotheses_that_share_their_beginnings_score_to_the_bit_as_one_by_one(UnknownWordPolicy policy, bool includeEndOfLine)
    {
        var scoring = new ScoringOptions { UnknownWords = policy, IncludeEndOfLine = includeEndOfLine };
        foreach (var model in new[] { Model, Model.Quantize(), AdaptiveModels.Model(AdaptiveModels.Weights(vocabulary: 41)) })
            foreach (var hypothesis in model.Rescore(List(BatchTexts.Awkward), new RescoringOptions { Scoring = scoring }).Hypotheses)
                Assert.Equal(model.Score(hypothesis.Text, scoring).LogProbability, hypothesis.LogProbability);
    }

    [Theory]
    [MemberData(nameof(Mixtures))]
    public void A_mixture_scores_hypotheses_to_the_bit_as_one_by_one(string name)
    {
        var model = MixtureCase.Of(name).Model;
        foreach (var hypothesis in model.Rescore(List(BatchTexts.Random(40, MixtureCase.Words))).Hypotheses)
            Assert.Equal(model.Score(hypothesis.Text).LogProbability, hypothesis.LogProbability);
    }

    [Theory]
    [MemberData(nameof(Mixtures))]
    public void After_a_state_hypotheses_score_to_the_bit_as_one_by_one(string name) => CheckAfterState(MixtureCase.Of(name).Model, MixtureCase.Words);

    [Theory]
    [InlineData(CellKind.Lstm, false)]
    [InlineData(CellKind.Gru, true)]
    [InlineData(CellKind.Cifg, false)]
    public void After_a_state_a_network_scores_hypotheses_to_the_bit_as_one_by_one(CellKind cell, bool quantized)
    {
        var model = RandomModels.Model(cell, vocabulary: 301, embedding: 20, hidden: 33);
        CheckAfterState(quantized ? model.Quantize() : model, 301);
    }

    [Fact]
    public void A_state_is_moved_on_by_the_best_hypothesis_and_the_end_of_its_line()
    {
        foreach (var includeEndOfLine in new[] { false, true })
        {
            var options = new RescoringOptions { LanguageModelWeight = 0, Scoring = new ScoringOptions { IncludeEndOfLine = includeEndOfLine } };
            var state = Model.Start();
            Model.Rescore(new NBestList("u", [new("w3 w4", -2), new("w5 w6", -1)]), state, options);
            Model.Rescore(new NBestList("v", []), state, options);
            var expected = Model.Start("w5 w6");
            Model.Network.Step(Vocabulary.EndOfLineId, expected);
            Assert.Equal(expected.Output.ToArray(), state.Output.ToArray());
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_conversation_is_scored_after_what_it_has_said(int threads)
    {
        NBestList[] lists =
        [
            new("1", [new("w3 w4", -1), new("w5", -2)], conversation: "a"), new("2", [new("w6", -1), new("w7 w8", -1)], conversation: "b"),
            new("3", [new("w3 w9", -1), new("w3", -1)], conversation: "a"), new("4", [], conversation: "a"), new("5", [new("w3 w9", -1)], conversation: "b"),
        ];
        var options = new RescoringOptions { CarryState = true };
        var rescored = Model.RescoreMany(lists, options, new BatchOptions { Threads = threads });
        foreach (var conversation in lists.GroupBy(list => list.Conversation))
        {
            var state = Model.Start();
            foreach (var list in conversation)
            {
                var expected = Model.Rescore(list, state);
                Assert.Equal(expected.Hypotheses, rescored[Array.IndexOf(lists, list)].Hypotheses);
            }
        }
        Assert.NotEqual(Model.RescoreMany(lists)[2].Hypotheses, rescored[2].Hypotheses);
    }

    [Fact]
    public void Many_lists_are_rescored_as_each_of_them_alone()
    {
        NBestList[] lists = [List(BatchTexts.Awkward), List([]), List(BatchTexts.Random(50, 23)), List(["w3"])];
        var rescored = Model.RescoreMany(lists);
        Assert.Equal(lists, rescored.Select(list => list.Source));
        foreach (var (list, itsRescored) in lists.Zip(rescored)) Assert.Equal(Model.Rescore(list).Hypotheses, itsRescored.Hypotheses);
    }

    [Fact]
    public void An_n_gram_model_rescores_as_it_scores()
    {
        var model = RandomNGrams.Model(MixtureCase.Vocabulary);
        var rescored = model.Rescore(List(BatchTexts.Random(30, MixtureCase.Words)), new RescoringOptions { LanguageModelWeight = 0.5 });
        foreach (var hypothesis in rescored.Hypotheses) Assert.Equal(model.Score(hypothesis.Text).LogProbability, hypothesis.LogProbability);
        Assert.Equal(rescored.Hypotheses.Select(hypothesis => hypothesis.Score).OrderDescending(), rescored.Hypotheses.Select(hypothesis => hypothesis.Score));
        var fault = Assert.Throws<ArgumentException>("options", () => model.Rescore(List(["w3"]), new RescoringOptions { CarryState = true }));
        Assert.Contains("remembers nothing beyond a line", fault.Message);
    }

    [Fact]
    public void An_empty_list_has_no_best_hypothesis()
    {
        var rescored = Model.Rescore(new NBestList("u", [], reference: "a b"));
        Assert.Null(rescored.Best);
        Assert.Equal("", rescored.BestText);
        Assert.Equal(2, rescored.ErrorsOfBest()!.Value.Deletions);
        Assert.Null(Model.Rescore(new NBestList("u", [])).ErrorsOfBest());
        Assert.Empty(Model.RescoreMany([]));
    }

    [Theory]
    [InlineData(double.NaN, "is NaN")]
    [InlineData(double.PositiveInfinity, "is Infinity")]
    public void A_score_that_is_no_number_is_refused_by_name(double score, string says)
    {
        var fault = Assert.Throws<ArgumentException>("scores", () => new Hypothesis("the cat", [-1, score]));
        Assert.Contains("The score at index 1 of the hypothesis \"the cat\" " + says, fault.Message);
    }

    [Fact]
    public void What_does_not_go_together_is_refused_with_what_would_be_right()
    {
        Assert.Contains("index 1 of utterance \"u\"", Assert.Throws<ArgumentException>("hypotheses", () => new NBestList("u", [new("a", 1), new("b", [1, 2])])).Message);
        Assert.Contains("2 weights", Assert.Throws<ArgumentException>("options", () => Model.Rescore(List(["w3"]), new RescoringOptions { ScoreWeights = [1, 2] })).Message);
        Assert.Contains("CarryState", Assert.Throws<ArgumentException>("options", () => Model.Rescore(List(["w3"]), new RescoringOptions { CarryState = true })).Message);
        Assert.Contains("index 0", Assert.Throws<ArgumentException>("lists", () => Model.RescoreMany([null!])).Message);
        var great = new RescoringOptions { ScoreWeights = [1e300] };
        Assert.Contains("weights must be smaller", Assert.Throws<ArgumentException>("options", () => Model.Rescore(new NBestList("u", [new("w3", 1e300)]), great)).Message);
        var faults = Assert.Throws<ArgumentOutOfRangeException>(() => new RescoringOptions
        {
            LanguageModelWeight = -1,
            ScoreWeights = [double.NaN],
            WordInsertionPenalty = double.PositiveInfinity,
            Scores = (HypothesisScoreKind)9,
            Scoring = new ScoringOptions { UnknownWordLogProbability = 1 },
        }.Validate()).Message;
        foreach (var name in (string[])["LanguageModelWeight is -1", "ScoreWeights[0] is NaN", "WordInsertionPenalty", "Scores is 9", "Scoring.UnknownWordLogProbability is 1"])
            Assert.Contains(name, faults);
    }

    [Fact]
    public void Rescoring_can_be_cancelled()
    {
        var cancelled = new CancellationToken(canceled: true);
        Assert.ThrowsAny<OperationCanceledException>(() => Model.Rescore(List(["w3"]), cancellationToken: cancelled));
        var state = Model.Start();
        Assert.ThrowsAny<OperationCanceledException>(() => Model.Rescore(List(["w3"]), state, batch: new BatchOptions { CancellationToken = cancelled }));
        Assert.Equal(Model.Start().Output.ToArray(), state.Output.ToArray());
    }

    private static NBestList List(IEnumerable<string> texts) => new("u", texts.Select((text, place) => new Hypothesis(text, -place)));

    private static void CheckAfterState(LanguageModel model, int vocabulary)
    {
        string[] texts = [.. BatchTexts.Random(40, vocabulary), .. BatchTexts.Awkward, "w3 w4 w5 w6 w8", "w3 w5", "w3 w4 w6"];
        var state = model.Start("w5 w6 w5 w7 w3 w4");
        var kept = state.Clone();
        foreach (var hypothesis in model.Rescore(List(texts), state).Hypotheses)
        {
            int[] ids = [.. model.Tokenizer.Tokenize(hypothesis.Text).Select(word => model.Vocabulary.IdOf(word)), Vocabulary.EndOfLineId];
            Assert.Equal(model.Score(ids, kept.Clone(), new double[ids.Length]), hypothesis.LogProbability);
        }
    }
}
