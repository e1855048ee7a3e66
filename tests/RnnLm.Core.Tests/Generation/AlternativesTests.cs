namespace RnnLm.Tests.Generation;

public class AlternativesTests
{
    private readonly LanguageModel model = RandomModels.Model();

    [Fact]
    public void Drawn_alternatives_follow_from_the_seed_and_the_first_is_the_one_that_is_drawn_alone()
    {
        var options = new GenerationOptions { MaximumWords = 10, Sampling = new SamplingOptions { Seed = 7 } };
        var alternatives = model.GenerateAlternatives("w3", 20, options);
        Assert.Equal(20, alternatives.Count);
        Assert.Equal(model.Generate("w3", options), alternatives[0].Text);
        Assert.Equal(alternatives.Select(alternative => alternative.Text), model.GenerateAlternatives(["w3"], 20, options).Select(alternative => alternative.Text));
        Assert.True(alternatives.Select(alternative => alternative.Text).Distinct().Count() > 10);
        Assert.All(alternatives, alternative => Assert.Equal(alternative.LogProbability, alternative.Score));
    }

    [Fact]
    public void The_log_probability_of_a_line_is_its_score()
    {
        var options = new GenerationOptions { MaximumWords = 100, Sampling = new SamplingOptions { Seed = 3 } };
        foreach (var alternative in model.GenerateAlternatives("", 10, options).Where(alternative => alternative.End == ContinuationEnd.EndOfLine))
            Assert.Equal(model.Score(alternative.Text).LogProbability, alternative.LogProbability, 1e-4);
    }

    [Fact]
    public void One_is_given_where_words_are_taken_one_by_one()
        => Assert.Equal(model.Generate("w3"), Assert.Single(model.GenerateAlternatives("w3", 1)).Text);

    [Theory]
    [InlineData(0, true, true, "at least 1")]
    [InlineData(5, true, false, "at most 4, which the beam is wide")]
    [InlineData(2, false, false, "must be 1 where neither Beam nor Sampling")]
    public void A_number_that_cannot_be_had_is_refused(int count, bool beam, bool sampling, string explanation)
    {
        var options = new GenerationOptions { Beam = beam && !sampling ? new() : null, Sampling = sampling ? new() : null };
        Assert.Contains(explanation, Assert.Throws<ArgumentOutOfRangeException>("count", () => model.GenerateAlternatives("w3", count, options)).Message);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void An_option_that_has_no_effect_or_no_sense_beside_others_is_refused(GenerationOptions options, string explanation)
    {
        var fault = Assert.Throws<ArgumentOutOfRangeException>(() => { model.GenerateWords("w3", options); });
        Assert.Contains(explanation, fault.Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => model.GenerateAlternatives("w3", 1, options));
        Assert.Throws<ArgumentOutOfRangeException>(() => { model.GenerateTextAsync("w3", options); });
    }

    public static TheoryData<GenerationOptions, string> Faults => new()
    {
        { new() { Beam = new(), Sampling = new() }, "Sampling and Beam are both set" },
        { new() { MinimumWords = 51 }, "MinimumWords is 51; it must be at most MaximumWords, which is 50" },
        { new() { MinimumWords = -1 }, "MinimumWords is -1" },
        { new() { MinimumWords = 3, Lines = null }, "MinimumWords is 3; it must be 0 where nothing ends" },
        { new() { MinimumWords = 3, Exclude = SpecialWords.All }, "MinimumWords is 3; it must be 0 where nothing ends" },
        { new() { Lines = 0 }, "Lines is 0" },
        { new() { Lines = 2, Exclude = SpecialWords.EndOfLine }, "Lines is 2, and Exclude leaves no end-of-line word" },
        { new() { RepetitionPenalty = 0.9 }, "RepetitionPenalty is 0.9" },
        { new() { RepetitionPenalty = double.NaN }, "RepetitionPenalty is NaN" },
        { new() { StopBefore = ["w2"], StopAfter = ["w2"] }, "\"w2\" is in StopBefore and in StopAfter" },
        { new() { StopBefore = ["\n"] }, "StopBefore has a text without a word" },
        { new() { StopAfter = [""] }, "StopAfter has a text without a word" },
        { new() { StopAfter = null! }, "StopAfter is null" },
        { new() { Beam = new() { Width = 0 } }, "Beam.Width is 0" },
        { new() { Beam = new() { Width = 1025 } }, "Beam.Width is 1,025; it must be from 1 to 1,024" },
        { new() { Beam = new() { LengthNormalization = -1 } }, "Beam.LengthNormalization is -1" },
        { new() { Beam = new() { LengthNormalization = double.PositiveInfinity } }, "Beam.LengthNormalization is" },
    };

    [Fact]
    public void Later_changes_of_the_options_do_not_reach_a_continuation_that_has_begun()
    {
        var options = new GenerationOptions { MaximumWords = 5, Lines = null };
        var words = model.GenerateWords("w3", options);
        options.MaximumWords = 2;
        Assert.Equal(5, words.Count());
    }

    [Fact]
    public async Task Pieces_that_are_awaited_are_those_that_are_enumerated()
    {
        foreach (var options in new GenerationOptions[] { new() { MaximumWords = 9, Lines = null, Sampling = new() { Seed = 5 } }, new() { Beam = new() } })
        {
            Assert.Equal(model.GenerateText("w3", options), await ToList(model.GenerateTextAsync("w3", options)));
            Assert.Equal(model.GenerateWords("w3", options), await ToList(model.GenerateWordsAsync("w3", options)));
            var state = model.Start("w3");
            var awaited = model.GenerateWordsAsync(state, options);
            model.Read(state, "w5");
            Assert.Equal(model.GenerateWords("w3", options), await ToList(awaited));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Any_of_three_tokens_ends_pieces_that_are_awaited(int which)
    {
        using var source = new CancellationTokenSource();
        CancellationToken TokenAt(int place) => place == which ? source.Token : default;
        var options = new GenerationOptions { MaximumWords = int.MaxValue, Lines = null, CancellationToken = TokenAt(0) };
        var taken = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in model.GenerateTextAsync("w3", options, TokenAt(1)).WithCancellation(TokenAt(2)))
                if (++taken == 5) source.Cancel();
        });
        Assert.Equal(5, taken);
    }

    private static async Task<List<T>> ToList<T>(IAsyncEnumerable<T> elements)
    {
        var list = new List<T>();
        await foreach (var element in elements) list.Add(element);
        return list;
    }
}
