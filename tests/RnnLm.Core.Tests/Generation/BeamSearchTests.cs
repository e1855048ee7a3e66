using RnnLm.Tests.Mixtures;

namespace RnnLm.Tests.Generation;

public class BeamSearchTests
{
    // Wide enough for every continuation of four words of three: nothing is ever left out.
    private const int Everything = 200;

    private static readonly LanguageModel Tiny = RandomModels.Model(CellKind.Gru, vocabulary: 5, seed: 3);

    public static TheoryData<string> Mixtures => [.. MixtureCase.Names];

    public static TheoryData<double, double, int, int?, string, string> Rules
    {
        get
        {
            var rules = new TheoryData<double, double, int, int?, string, string>();
            foreach (var power in new[] { 0, 0.7, 1, 2 })
                foreach (var penalty in new[] { 1, 1.6 })
                    foreach (var (minimum, lines, before, after) in ((int, int?, string, string)[])
                        [(0, 1, "", ""), (2, 1, "", ""), (0, 2, "", ""), (3, 2, "", ""), (0, 1, "w3", ""), (0, 1, "", "w4"), (2, 1, "w2 w4", "w4"), (1, null, "w3 w3", "w2")])
                        rules.Add(power, penalty, minimum, lines, before, after);
            return rules;
        }
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_beam_that_leaves_nothing_out_finds_the_best_of_all_continuations_there_are(
        double power, double penalty, int minimum, int? lines, string before, string after)
    {
        var options = Options(Everything, power, penalty, minimum, lines, before, after);
        var state = Tiny.Start("w2");
        var expected = new PlainContinuations(Tiny, state, options).All().OrderByDescending(chosen => chosen.Score(power)).Take(Everything).ToList();
        AssertSame(expected, Tiny.GenerateAlternatives(state, Everything, options), power);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_narrow_beam_finds_what_plain_lists_find_that_never_stop_early(
        double power, double penalty, int minimum, int? lines, string before, string after)
    {
        foreach (var width in new[] { 1, 2, 3, 7 })
        {
            var options = Options(width, power, penalty, minimum, lines, before, after, maximum: 7);
            var state = Tiny.Start("w2");
            var expected = new PlainContinuations(Tiny, state, options).Beam(width, power);
            foreach (var count in new[] { 1, width })
                AssertSame([.. expected.Take(count)], Tiny.GenerateAlternatives(state, count, options), power);
        }
    }

    [Theory]
    [MemberData(nameof(Mixtures))]
    public void A_beam_of_a_mixture_reads_with_all_that_goes_along(string name)
    {
        var model = MixtureCase.Of(name).Model;
        var state = model.Start("w3 w4 w3 w5");
        var options = Options(3, 1, 1.2, 0, 1, "", "", maximum: 5);
        AssertSame([.. new PlainContinuations(model, state, options).Beam(3, 1).Take(3)], model.GenerateAlternatives(state, 3, options), 1);
    }

    [Fact]
    public void A_beam_of_an_adaptive_softmax_sees_every_word()
    {
        var model = AdaptiveModels.Model(AdaptiveModels.Weights(vocabulary: 41));
        var options = Options(5, 0, 1, 0, 1, "", "", maximum: 4);
        var state = model.Start();
        AssertSame([.. new PlainContinuations(model, state, options).Beam(5, 0).Take(5)], model.GenerateAlternatives(state, 5, options), 0);
    }

    [Fact]
    public void The_best_is_what_a_text_goes_on_with_in_every_form()
    {
        var options = Options(4, 1, 1, 2, 1, "", "", maximum: 6);
        var best = Tiny.GenerateAlternatives("w2", 4, options)[0];
        Assert.Equal(best.Words, Tiny.GenerateWords("w2", options));
        Assert.Equal(best.Words, Tiny.GenerateWords(["w2"], options));
        Assert.Equal(best.Text, Tiny.Generate("w2", options));
        Assert.Equal($" {best.Text}", string.Concat(Tiny.GenerateText("w2", options)));
        Assert.Equal(string.Join(' ', best.Words.Select(word => word.Word)), best.Text);
        Assert.True(best.Words.Count >= 2);
    }

    [Fact]
    public void Its_words_have_the_log_probabilities_that_the_model_gives_them()
    {
        var state = Tiny.Start("w2");
        var continuation = Tiny.GenerateAlternatives(state, 1, Options(3, 1, 2, 0, 1, "", "", maximum: 5))[0];
        var logProbabilities = new double[continuation.Words.Count];
        Tiny.Score([.. continuation.Words.Select(word => word.Id)], state.Clone(), logProbabilities);
        Assert.Equal(logProbabilities, continuation.Words.Select(word => word.LogProbability), (x, y) => Math.Abs(x - y) < 1e-5);
    }

    [Fact]
    public void Where_no_word_is_left_it_ends()
    {
        var empty = RandomModels.Model(vocabulary: 2).GenerateAlternatives("", 4, new GenerationOptions { Exclude = SpecialWords.All, Beam = new() });
        Assert.Equal(ContinuationEnd.NoWordLeft, Assert.Single(empty).End);
        Assert.Equal(("", 0.0), (empty[0].Text, empty[0].Score));
        var none = Tiny.GenerateAlternatives("", 2, new GenerationOptions { MaximumWords = 0, Beam = new() });
        Assert.Equal(ContinuationEnd.MaximumWords, Assert.Single(none).End);
    }

    [Fact]
    public void A_search_without_end_is_cancelled()
    {
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        var options = new GenerationOptions { MaximumWords = int.MaxValue, Lines = null, Beam = new(), CancellationToken = source.Token };
        Assert.ThrowsAny<OperationCanceledException>(() => Tiny.Generate("w2", options));
    }

    [Fact]
    public void A_search_that_is_decided_stops_before_the_greatest_number_of_words()
    {
        // The end of the line is all but certain, so that nothing that goes on has a chance; a hundred million words would never come to an end.
        var weights = RandomModels.Weights(CellKind.Elman);
        weights.OutputBias.Values[Vocabulary.EndOfLineId] = 50;
        var terse = new LanguageModel(Tokenizer.Whitespace, RandomModels.Words(23), weights);
        var options = new GenerationOptions { MaximumWords = 100_000_000, Beam = new BeamSearchOptions { LengthNormalization = 0 } };
        var continuation = terse.GenerateAlternatives("w3", 1, options)[0];
        Assert.Equal((ContinuationEnd.EndOfLine, 0), (continuation.End, continuation.Words.Count));
    }

    private static GenerationOptions Options(
        int width, double power, double penalty, int minimum, int? lines, string before, string after, int maximum = 4) => new()
        {
            MaximumWords = maximum,
            MinimumWords = minimum,
            Lines = lines,
            StopBefore = before.Length > 0 ? [before] : [],
            StopAfter = after.Length > 0 ? [after] : [],
            RepetitionPenalty = penalty,
            Beam = new BeamSearchOptions { Width = width, LengthNormalization = power },
        };

    private static void AssertSame(IReadOnlyList<PlainContinuations.Chosen> expected, IReadOnlyList<TextContinuation> actual, double power)
    {
        Assert.NotEmpty(actual);
        Assert.Equal(expected.Select(chosen => string.Join(' ', chosen.Words!)), actual.Select(continuation => string.Join(' ', continuation.Words.Select(word => word.Id))));
        foreach (var (chosen, continuation) in expected.Zip(actual))
        {
            Assert.Equal(chosen.LogProbability, continuation.LogProbability, 1e-4);
            Assert.Equal(chosen.Score(power), continuation.Score, 1e-4);
        }
    }
}
