using System.Globalization;

namespace RnnLm.Tests;

public class LanguageModelTests
{
    private readonly LanguageModel model = RandomModels.Model();

    /// <summary>Fails unless ten threads that share a model get the next words that one thread gets of a model like it.</summary>
    internal static void AssertSameFromTenThreads(LanguageModel alone, LanguageModel shared)
    {
        var prompts = Enumerable.Range(0, 200).Select(i => string.Join(' ', RandomModels.Ids(1 + (i % 7), 23, i).Select(id => $"w{id}"))).ToArray();
        var expected = prompts.Select(prompt => alone.NextWords(prompt).ToArray()).ToArray();
        var answers = new NextWordPrediction[10][][];
        var threads = Enumerable.Range(0, 10).Select(thread => new Thread(() =>
            answers[thread] = [.. prompts.Select(prompt => shared.NextWords(prompt).ToArray())])).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Assert.All(answers, answer => Assert.Equal(expected, answer));
    }

    [Fact]
    public void All_next_words_and_the_shares_of_the_special_words_sum_to_one()
    {
        var next = model.NextWords("w3 w4", count: 23);
        Assert.Equal(21, next.Count);
        Assert.Equal(1, next.Sum(word => word.Probability) + next.UnknownProbability + next.EndOfLineProbability, 1e-5);
        Assert.True(next.UnknownProbability > 0);
        Assert.True(next.EndOfLineProbability > 0);
    }

    [Fact]
    public void Next_words_fall_in_probability_and_the_first_is_the_next_word()
    {
        foreach (var prompt in new[] { "", "w3", "w5 w6 w7", "never seen" })
        {
            var next = model.NextWords(prompt, count: 10);
            Assert.Equal(next.OrderByDescending(word => word.Probability), next);
            Assert.Equal(next[0].Word, model.NextWord(prompt));
            Assert.All(next, word => Assert.Equal(model.Vocabulary[word.Id], word.Word));
        }
    }

    [Fact]
    public void The_unknown_word_is_predicted_only_when_asked_for()
    {
        var weights = RandomModels.Weights(CellKind.Lstm);
        weights.OutputBias.Values[Vocabulary.UnknownId] = 50;
        var certain = new LanguageModel(Tokenizer.Whitespace, RandomModels.Words(23), weights);
        var next = certain.NextWords("w3", count: 23);
        Assert.DoesNotContain(next, word => word.Word == "<unk>");
        Assert.True(next.UnknownProbability > 0.99);
        Assert.NotEqual("<unk>", certain.NextWord("w3"));
        Assert.DoesNotContain(certain.GenerateWords("w3"), word => word.Word == "<unk>");

        Assert.Equal("<unk>", certain.NextWords("w3", exclude: SpecialWords.None)[0].Word);
    }

    [Fact]
    public void The_end_of_line_word_is_predicted_only_when_asked_for()
    {
        var weights = RandomModels.Weights(CellKind.Lstm);
        weights.OutputBias.Values[Vocabulary.EndOfLineId] = 50;
        var certain = new LanguageModel(Tokenizer.Whitespace, RandomModels.Words(23), weights);
        var next = certain.NextWords("w3", count: 23);
        Assert.DoesNotContain(next, word => word.Word == "<eos>");
        Assert.True(next.EndOfLineProbability > 0.99);
        Assert.DoesNotContain(certain.NextWordsMany(["w3"], count: 23)[0], word => word.Word == "<eos>");
        Assert.Equal(next[0].Word, certain.NextWord("w3"));
        Assert.Equal(next[0].Id, certain.NextWordId(certain.Start("w3")));

        Assert.Equal("<eos>", certain.NextWords("w3", exclude: SpecialWords.Unknown)[0].Word);
        Assert.Equal("<eos>", certain.NextWordsMany(["w3"], exclude: SpecialWords.Unknown)[0][0].Word);
        Assert.Equal("<eos>", certain.NextWord("w3", SpecialWords.Unknown));
        Assert.Equal(Vocabulary.EndOfLineId, certain.NextWordId(certain.Start("w3"), SpecialWords.Unknown));
    }

    [Fact]
    public void What_is_excluded_changes_no_probability()
    {
        var all = model.NextWords("w3", count: 23, SpecialWords.None).ToDictionary(word => word.Id, word => word.Probability);
        foreach (var exclude in new[] { SpecialWords.Unknown, SpecialWords.EndOfLine, SpecialWords.All })
        {
            var next = model.NextWords("w3", count: 23, exclude);
            Assert.All(next, word => Assert.Equal(all[word.Id], word.Probability));
            Assert.Equal(all[Vocabulary.UnknownId], next.UnknownProbability);
            Assert.Equal(all[Vocabulary.EndOfLineId], next.EndOfLineProbability);
        }
    }

    [Fact]
    public void A_vocabulary_of_nothing_but_excluded_words_has_no_next_word()
    {
        var empty = RandomModels.Model(vocabulary: 2);
        Assert.Throws<InvalidOperationException>(() => empty.NextWord(""));
        Assert.Throws<InvalidOperationException>(() => empty.NextWordId(empty.Start()));
        Assert.Equal("<eos>", empty.NextWord("", SpecialWords.Unknown));
    }

    [Fact]
    public void A_model_its_predictions_and_its_scores_can_be_read_by_people_in_any_culture()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        try
        {
            Assert.Equal("Gru 2×7, 23 words, 901 parameters", RandomModels.Model(CellKind.Gru).ToString());
            Assert.EndsWith(" parameters of 8 bits", model.Quantize().ToString(), StringComparison.Ordinal);
            Assert.Equal("the 12.3 %", new NextWordPrediction("the", 3, 0.12345).ToString());
            Assert.Equal(string.Join(", ", model.NextWords("w3", 3).Select(word => word.ToString())), model.NextWords("w3", 3).ToString());
            Assert.Equal("the 50.0 %", new GeneratedWord("the", 3, Math.Log(0.5)).ToString());
            Assert.Equal("the -0.693", new WordScore("the", 3, Math.Log(0.5), IsCounted: true).ToString());
            Assert.Equal("the -0.693 (unknown) (not counted)", new WordScore("the", 0, Math.Log(0.5), IsCounted: false).ToString());
            Assert.Matches(@"^log-probability -\d+\.\d{3}, perplexity \d+\.\d\d, 3 words, 1 unknown$", model.Score("w3 strange").ToString());
            Assert.Equal(
                "perplexity 7.39 as one stream (2.885 bits a word), 1,000 words, 25 unknown (2.50 %), 25.0 % right at once, 50.0 % within five",
                new LanguageModelMetrics { Context = EvaluationContext.OneStream, Words = 1000, Unknown = 25, CrossEntropy = 2, AccuracyAt1 = 0.25, AccuracyAt5 = 0.5 }.ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_prompt_is_read_after_an_end_of_line_word_from_a_zero_state()
    {
        var state = model.Network.CreateState();
        foreach (var word in new[] { "<eos>", "w3", "w4" }) model.Read(state, word);
        var expected = model.NextWords(state);
        Assert.Equal(expected, model.NextWords("w3 w4"));
        Assert.Equal(expected, model.NextWords(["w3", "w4"]));
        Assert.Equal(expected, model.NextWords(model.Start("w3 w4")));

        var beginning = model.Network.CreateState();
        model.Network.Step(Vocabulary.EndOfLineId, beginning);
        Assert.Equal(model.NextWords(beginning), model.NextWords(""));
        Assert.Equal(model.NextWords(beginning), model.NextWords(model.Start()));
    }

    [Fact]
    public void A_word_outside_the_vocabulary_is_read_as_the_unknown_word()
        => Assert.Equal(model.NextWords("w3 <unk>"), model.NextWords("w3 nonsense"));

    [Fact]
    public void Equally_probable_words_come_in_the_order_of_the_vocabulary()
    {
        var weights = RandomModels.Weights(CellKind.Lstm);
        weights.Output.Values.AsSpan().Clear();
        weights.OutputBias.Values.AsSpan().Clear();
        var even = new LanguageModel(Tokenizer.Whitespace, RandomModels.Words(23), weights);
        Assert.Equal(["w2", "w3", "w4"], even.NextWords("w9", count: 3).Select(word => word.Word));
        Assert.All(even.NextWords("w9", count: 3), word => Assert.Equal(1 / 23.0, word.Probability, 1e-6));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(24)]
    public void A_number_of_next_words_that_cannot_be_is_refused(int count)
    {
        var fault = Assert.Throws<ArgumentOutOfRangeException>(() => model.NextWords("w3", count));
        Assert.Contains("from 1 to 23", fault.Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => model.NextWords(["w3"], count));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.NextWords(model.Start(), count));
    }

    [Fact]
    public void The_next_word_of_a_state_allocates_nothing()
    {
        var state = model.Start("w3");
        var id = model.NextWordId(state);
        Allocations.AssertNone(() =>
        {
            for (var i = 0; i < 100; i++) Assert.True(model.NextWordId(state) == id);
        });
    }

    [Fact]
    public void An_embedding_is_the_last_layers_state_after_the_text()
    {
        Assert.Equal(model.Start("w3 w4").Output.ToArray(), model.Embed("w3 w4"));
        Assert.Equal(7, model.Embed("").Length);
        Assert.NotEqual(model.Embed("w3 w4"), model.Embed("w4 w3"));
    }

    [Fact]
    public void Ten_threads_get_the_answers_that_one_gets()
        => AssertSameFromTenThreads(model, RandomModels.Model()); // a fresh model: its table of input projections is still empty

    [Fact]
    public void A_vocabulary_of_another_size_than_the_network_is_refused()
    {
        var fault = Assert.Throws<ArgumentException>(() => new LanguageModel(Tokenizer.Whitespace, RandomModels.Words(22), RandomModels.Weights(CellKind.Gru)));
        Assert.Contains("22 words and the network 23", fault.Message);
    }

    [Fact]
    public void A_state_of_another_model_is_refused()
    {
        var foreign = RandomModels.Model(hidden: 9).Start();
        Assert.Throws<ArgumentException>(() => model.NextWords(foreign));
        Assert.Throws<ArgumentException>(() => model.NextWord(foreign));
        Assert.Throws<ArgumentException>(() => model.GenerateWords(foreign));
    }
}
