using RnnLm.Rescoring;

namespace RnnLm.Tests.Rescoring;

public sealed class RescoringTuningTests
{
    private static readonly LanguageModel Model = RandomModels.Model();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_search_along_a_line_finds_the_fewest_errors_of_all_points(int seed)
    {
        var random = new Random(seed);
        for (var trial = 0; trial < 30; trial++)
        {
            var lists = RandomLists(random, lists: random.Next(1, 6), parts: 3);
            double[] weights = [random.NextDouble(), random.NextDouble(), random.NextDouble()];
            foreach (var direction in (double[][])[[1, 0, 0], [0, 2, 0], [0, 0, -1], [0.3, -0.7, 0.9]])
            {
                var (low, high) = (-random.NextDouble(), 4.0);
                var (at, errors) = LineSearch.Find(lists, weights, direction, low, high);
                Assert.InRange(at, low, high);
                Assert.Equal(ErrorsAt(at), errors);
                // Between two neighbouring crossings of any two lines nothing changes: a point in each stretch is all there is.
                Assert.Equal(PointsBetweenCrossings(lists, weights, direction, low, high).Min(ErrorsAt), errors);

                long ErrorsAt(double at) => DevelopmentList.Measure(lists, [.. weights.Zip(direction, (weight, change) => weight + (at * change))]).Errors;
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Tuned_weights_have_never_more_errors_than_no_weight_nor_than_any_point_of_a_grid(int seed)
    {
        var development = Development(seed, utterances: 12);
        var result = Model.TuneRescoring(development);
        Assert.InRange(result.Tuned.Errors, result.Oracle.Errors, result.FirstBest.Errors);
        Assert.Equal(Errors(new RescoringOptions { LanguageModelWeight = 0 }), result.FirstBest);
        Assert.Equal(Errors(result.Options), result.Tuned);
        Assert.Equal(development.Sum(list => list.Hypotheses.Min(hypothesis => WordErrorRate.Of(list.Reference!, hypothesis.Text).Errors)), result.Oracle.Errors);
        var scored = Model.RescoreMany(development).Select(list => list.Hypotheses.OrderBy(hypothesis => hypothesis.Place).Select(hypothesis =>
            (Own: hypothesis.Hypothesis.Scores[0], hypothesis.LogProbability, hypothesis.Words, WordErrorRate.Of(list.Source.Reference!, hypothesis.Text).Errors)).ToArray()).ToArray();
        var fewest = long.MaxValue;
        for (var weight = 0.0; weight <= 4; weight += 0.125)
            for (var penalty = -4.0; penalty <= 4; penalty += 0.25)
                fewest = Math.Min(fewest, scored.Sum(list => list.MaxBy(hypothesis => hypothesis.Own + (weight * hypothesis.LogProbability) - (penalty * hypothesis.Words)).Errors));
        Assert.True(result.Tuned.Errors <= fewest, $"{result.Tuned.Errors} errors, and {fewest} on the grid.");

        WordErrorRate Errors(RescoringOptions options) => WordErrorRate.Sum(Model.RescoreMany(development, options).Select(list => list.ErrorsOfBest()!.Value));
    }

    [Fact]
    public void What_the_language_model_knows_is_found()
    {
        // What was said is always what the model holds likeliest, and the recogniser thinks otherwise by a little.
        var development = Enumerable.Range(0, 20).Select(utterance =>
        {
            // Texts that differ in unknown words alone are one to the model.
            var texts = BatchTexts.Random(8, 23, seed: utterance).DistinctBy(text => Model.Score(text).LogProbability).ToArray();
            var said = texts.MaxBy(text => Model.Score(text).LogProbability)!;
            return new NBestList($"u{utterance}", texts.Select(text => new Hypothesis(text, text == said ? -0.02 : -0.01)), said);
        }).ToList();
        var result = Model.TuneRescoring(development);
        Assert.True(result.FirstBest.Errors > 0);
        Assert.Equal(0, result.Oracle.Errors);
        Assert.Equal(0, result.Tuned.Errors);
        Assert.True(result.Options.LanguageModelWeight > 0);
        Assert.StartsWith("weight ", result.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_language_model_that_is_of_no_use_is_left_out()
    {
        NBestList[] development = [new("u", [new("w3", 0), new("w4 w5", -1)], "w3"), new("v", [new("w6 w7", 3), new("w6", 1)], "w6 w7")];
        var options = Model.TuneRescoring(development).Options;
        Assert.Equal((0, 0), (options.LanguageModelWeight, options.WordInsertionPenalty));
    }

    [Fact]
    public void The_weights_of_several_scores_are_searched_where_that_is_asked_for()
    {
        var random = new Random(3);
        // The second score alone tells what was said.
        var development = Enumerable.Range(0, 15).Select(utterance =>
        {
            var texts = BatchTexts.Random(6, 23, seed: 100 + utterance).Where(text => text.Length > 0).Distinct().ToArray();
            return new NBestList($"u{utterance}", texts.Select((text, place) => new Hypothesis(text, [5 * random.NextDouble(), place == 1 ? 0 : -1])), texts[1]);
        }).ToList();
        var held = Model.TuneRescoring(development);
        var searched = Model.TuneRescoring(development, new RescoringTuningOptions { TuneScoreWeights = true });
        Assert.Empty(held.Options.ScoreWeights);
        Assert.Equal(1, searched.Options.ScoreWeights[0]);
        Assert.Equal(0, searched.Tuned.Errors);
        Assert.True(searched.Tuned.Errors < held.Tuned.Errors);
    }

    [Fact]
    public void Errors_are_counted_in_characters_where_that_is_asked_for()
    {
        NBestList[] development = [new("u", [new("w3w4", 0), new("w5", -1)], "w3w5")];
        Assert.Equal(1, Model.TuneRescoring(development).Tuned.Errors);
        Assert.Equal(4, Model.TuneRescoring(development, new RescoringTuningOptions { Unit = ErrorUnit.Characters }).Tuned.ReferenceWords);
    }

    [Fact]
    public void Costs_are_tuned_as_their_opposites_are()
    {
        var development = Development(5, utterances: 6);
        var opposite = development.Select(list => new NBestList(
            list.Utterance, list.Hypotheses.Select(hypothesis => new Hypothesis(hypothesis.Text, -hypothesis.Scores[0])), list.Reference));
        var costs = Model.TuneRescoring(opposite, new RescoringTuningOptions { Rescoring = { Scores = HypothesisScoreKind.Cost } });
        var result = Model.TuneRescoring(development);
        Assert.Equal(result.Tuned, costs.Tuned);
        Assert.Equal(result.Options.LanguageModelWeight, costs.Options.LanguageModelWeight);
    }

    [Fact]
    public void What_cannot_be_tuned_is_refused_with_the_reason()
    {
        Assert.Contains("no n-best list", Fault([]));
        Assert.Contains("\"u\" has no reference", Fault([new("u", [new("w3", 0)])]));
        Assert.Contains("every list is empty", Fault([new("u", [], "w3")]));
        Assert.Contains("\"v\" have 2 scores", Fault([new("u", [new("w3", 0)], "w3"), new("v", [new("w3", [1, 2])], "w3")]));
        Assert.Contains("one score of their own", Fault([new("u", [new("w3", 0)], "w3")], new RescoringTuningOptions { TuneScoreWeights = true }));
        Assert.Contains("nothing to tune", Fault([new("u", [new("w3", [])], "w3")], new RescoringTuningOptions { TunePenalty = false }));
        Assert.Contains("Rescoring.CarryState is true", Assert.Throws<ArgumentOutOfRangeException>(
            () => Model.TuneRescoring([], new RescoringTuningOptions { Rescoring = { CarryState = true } })).Message);

        static string Fault(NBestList[] lists, RescoringTuningOptions? options = null) => Assert.Throws<ArgumentException>(() => Model.TuneRescoring(lists, options)).Message;
    }

    /// <summary>Lists of random texts, of which one with changes is what was said.</summary>
    private static List<NBestList> Development(int seed, int utterances)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, utterances).Select(utterance =>
        {
            var texts = BatchTexts.Random(10, 23, seed: (100 * seed) + utterance);
            return new NBestList($"u{utterance}", texts.Select(text => new Hypothesis(text, 4 * random.NextDouble())), texts[random.Next(texts.Length)] + " w5");
        })];
    }

    private static DevelopmentList[] RandomLists(Random random, int lists, int parts) => [.. Enumerable.Range(0, lists).Select(_ =>
    {
        var count = random.Next(0, 9);
        // Whole numbers, so that lines are parallel and cross at one point now and then; the weights are not.
        return new DevelopmentList(
            [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, parts).Select(_ => (double)random.Next(-3, 4)).ToArray())],
            [.. Enumerable.Range(0, Math.Max(1, count)).Select(_ => new WordErrorRate(random.Next(6), 0, 0, 6, 1, 1))]);
    })];

    private static IEnumerable<double> PointsBetweenCrossings(DevelopmentList[] lists, double[] weights, double[] direction, double low, double high)
    {
        var crossings = new List<double> { low, high };
        foreach (var list in lists)
        {
            foreach (var one in list.Parts)
            {
                foreach (var other in list.Parts)
                {
                    var at = (ScoreParts.Sum(other, weights) - ScoreParts.Sum(one, weights)) / (ScoreParts.Sum(one, direction) - ScoreParts.Sum(other, direction));
                    if (at > low && at < high) crossings.Add(at);
                }
            }
        }
        crossings.Sort();
        return crossings.Zip(crossings.Skip(1), (from, to) => (from, to)).Where(stretch => stretch.to - stretch.from > 1e-9).Select(stretch => (stretch.from + stretch.to) / 2);
    }
}
