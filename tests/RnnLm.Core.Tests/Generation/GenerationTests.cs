namespace RnnLm.Tests.Generation;

public class GenerationTests
{
    private readonly LanguageModel model = RandomModels.Model();

    private static GenerationOptions Sampled(int seed, int words = 30) => new()
    {
        MaximumWords = words,
        StopAtEndOfLine = false,
        Sampling = new SamplingOptions { Seed = seed },
    };

    [Fact]
    public void A_greedy_continuation_takes_the_next_word_each_time()
    {
        var words = model.GenerateWords("w3", new GenerationOptions { MaximumWords = 12, StopAtEndOfLine = false }).ToList();
        Assert.Equal(12, words.Count);
        var state = model.Start("w3");
        var logProbabilities = new float[23];
        foreach (var word in words)
        {
            Assert.Equal(model.NextWord(state, SpecialWords.Unknown), word.Word);
            model.Network.LogProbabilities(state, logProbabilities);
            Assert.Equal(logProbabilities[word.Id], word.LogProbability);
            model.Read(state, word.Word);
        }
    }

    [Fact]
    public void Drawing_among_the_one_most_probable_word_is_greedy()
    {
        var sampled = Sampled(5);
        sampled.Sampling!.TopK = 1;
        Assert.Equal(
            model.GenerateWords("w3", new GenerationOptions { MaximumWords = 30, StopAtEndOfLine = false }), model.GenerateWords("w3", sampled));
    }

    [Fact]
    public void The_same_seed_gives_the_same_words_and_another_seed_others()
    {
        var words = model.GenerateWords("w3", Sampled(7));
        Assert.Equal(words, model.GenerateWords("w3", Sampled(7)));
        Assert.Equal(words, words); // enumerated twice
        Assert.NotEqual(words, model.GenerateWords("w3", Sampled(8)));
    }

    [Fact]
    public void Without_a_seed_texts_differ()
    {
        var options = Sampled(0, words: 100);
        options.Sampling!.Seed = null;
        Assert.NotEqual(model.GenerateWords("w3", options).ToList(), model.GenerateWords("w3", options).ToList());
    }

    [Fact]
    public void A_continuation_stops_at_the_end_of_the_line_unless_told_otherwise()
    {
        var weights = RandomModels.Weights(CellKind.Elman);
        weights.OutputBias.Values[Vocabulary.EndOfLineId] = 50;
        var terse = new LanguageModel(Tokenizer.Whitespace, RandomModels.Words(23), weights);
        Assert.Empty(terse.GenerateWords("w3"));
        Assert.Equal("", terse.Generate("w3"));

        var goesOn = new GenerationOptions { StopAtEndOfLine = false, MaximumWords = 3 };
        Assert.Equal(["<eos>", "<eos>", "<eos>"], terse.GenerateWords("w3", goesOn).Select(word => word.Word));
        Assert.Equal("\n\n\n", terse.Generate("w3", goesOn));

        var neverEnds = new GenerationOptions { Exclude = SpecialWords.All, MaximumWords = 40 };
        Assert.Equal(40, terse.GenerateWords("w3", neverEnds).Count(word => word.Word.StartsWith('w')));
    }

    [Fact]
    public void A_text_is_the_words_joined_by_the_tokenizer_line_by_line()
    {
        var words = model.GenerateWords("w3", Sampled(7)).ToList();
        Assert.Contains(words, word => word.Word == "<eos>");
        var expected = string.Join(' ', words.Select(word => word.Word)).Replace(" <eos> ", "\n").Replace("<eos>", "\n");
        Assert.Equal(expected.Replace(" ", ""), model.Generate("w3", Sampled(7)).Replace(" ", ""));
    }

    [Fact]
    public void The_state_a_continuation_starts_from_is_left_as_it_is()
    {
        var state = model.Start("w3");
        var before = state.Output.ToArray();
        Assert.Equal(model.GenerateWords("w3", Sampled(7)), model.GenerateWords(state, Sampled(7)));
        Assert.Equal(before, state.Output.ToArray());
    }

    [Fact]
    public void Words_come_one_at_a_time()
        => Assert.Equal(3, model.GenerateWords("w3", Sampled(7, words: int.MaxValue)).Take(3).Count());

    [Fact]
    public void Every_option_out_of_range_is_reported_at_once_before_any_word()
    {
        var options = new GenerationOptions
        {
            MaximumWords = -1,
            Sampling = new SamplingOptions { Temperature = 0, TopK = 0, TopP = 1.5, MinP = double.NaN },
        };
        var fault = Assert.Throws<ArgumentOutOfRangeException>(() => { model.GenerateWords("w3", options); });
        foreach (var name in new[] { "MaximumWords is -1", "Temperature is 0", "TopK is 0", "TopP is 1.5", "MinP is NaN" })
            Assert.Contains(name, fault.Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_temperature_that_is_not_a_finite_number_above_zero_is_refused(double temperature)
        => Assert.Throws<ArgumentOutOfRangeException>(() => new SamplingOptions { Temperature = temperature }.Validate());

    [Fact]
    public void A_vocabulary_of_nothing_but_excluded_words_gives_an_empty_continuation()
    {
        var empty = RandomModels.Model(vocabulary: 2);
        Assert.Empty(empty.GenerateWords("", new GenerationOptions { Exclude = SpecialWords.All }));
        Assert.Empty(empty.NextWords("", 2, SpecialWords.All));
    }
}
