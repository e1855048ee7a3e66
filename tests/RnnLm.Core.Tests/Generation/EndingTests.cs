namespace RnnLm.Tests.Generation;

/// <summary>What ends continuations that come into being word by word.</summary>
public class EndingTests
{
    private readonly LanguageModel model = RandomModels.Model(vocabulary: 7);

    public static TheoryData<int, int, int?, string, string> Rules
    {
        get
        {
            var rules = new TheoryData<int, int, int?, string, string>();
            foreach (var seed in Enumerable.Range(0, 8))
                foreach (var (minimum, lines, before, after) in ((int, int?, string, string)[])
                    [(0, 1, "", ""), (5, 1, "", ""), (0, 3, "", ""), (9, 2, "", ""), (0, null, "w3", ""), (4, null, "w3", ""), (0, null, "w2 w2", "w5"), (6, 2, "w2 w4 w2", "w4 w3"), (3, null, "w4 w4 w5", "")])
                    rules.Add(seed, minimum, lines, before, after);
            return rules;
        }
    }

    /// <summary>Whatever is drawn: the continuation ends where the rules say for the first time, and no earlier.</summary>
    [Theory]
    [MemberData(nameof(Rules))]
    public void A_drawn_continuation_is_one_that_the_rules_allow(int seed, int minimum, int? lines, string before, string after)
    {
        var options = new GenerationOptions
        {
            MaximumWords = 40,
            MinimumWords = minimum,
            Lines = lines,
            StopBefore = before.Length > 0 ? [before] : [],
            StopAfter = after.Length > 0 ? [after] : [],
            Sampling = new SamplingOptions { Seed = seed, Temperature = 3 },
        };
        var state = model.Start("w2");
        var continuation = Assert.Single(model.GenerateAlternatives(state, 1, options));

        // What was chosen is the words, and where it was stopped, what ended it.
        string[] ended = continuation.End switch
        {
            ContinuationEnd.EndOfLine => ["<eos>"],
            ContinuationEnd.Stop when after.Length == 0 || !EndsWith(continuation, after) => before.Split(' '),
            _ => [],
        };
        var plain = new PlainContinuations(model, state, options);
        var chosen = new PlainContinuations.Chosen([], 0, 0);
        foreach (var word in continuation.Words.Select(word => word.Word).Concat(ended))
        {
            Assert.Null(chosen.Words);
            chosen = plain.Next(chosen).Single(next => next.Ids[^1] == model.Vocabulary.IdOf(word));
        }
        if (continuation.End == ContinuationEnd.MaximumWords) Assert.Equal((40, null), (continuation.Words.Count, chosen.Words));
        else Assert.Equal(continuation.Words.Select(word => word.Id), chosen.Words);
        Assert.True(continuation.Words.Count >= minimum);
        Assert.Equal(chosen.LogProbability, continuation.LogProbability, 1e-4);
        Assert.Equal(continuation.Words, model.GenerateWords(state, options));
    }

    [Fact]
    public void A_word_that_may_be_the_beginning_of_a_stop_text_is_held_back_until_that_is_known()
    {
        // "w2 w3" never comes whole here, so every w2 is given out in the end.
        var options = new GenerationOptions { MaximumWords = 60, Lines = null, Sampling = new SamplingOptions { Seed = 4, Temperature = 4 } };
        var free = model.GenerateWords("w2", options).ToList();
        var pairs = free.Zip(free.Skip(1), (first, second) => (first.Word, second.Word)).ToHashSet();
        var first = free.First(word => free[0] != word && word.Id > 1).Word;
        var absent = model.Vocabulary.Skip(2).FirstOrDefault(word => !pairs.Contains((first, word)));
        Assert.NotNull(absent);
        options.StopBefore = [$"{first} {absent}"];
        Assert.Equal(free, model.GenerateWords("w2", options));
    }

    [Fact]
    public void Lines_end_with_the_last_of_them()
    {
        var options = new GenerationOptions { MaximumWords = 1000, Lines = 3, Sampling = new SamplingOptions { Seed = 1, Temperature = 2 } };
        Assert.Equal(2, model.Generate("w2", options).Count(character => character == '\n'));
        Assert.Equal(ContinuationEnd.EndOfLine, model.GenerateAlternatives("w2", 1, options)[0].End);
    }

    [Fact]
    public void Stopping_at_the_end_of_the_line_is_one_line()
    {
        Assert.True(new GenerationOptions().StopAtEndOfLine);
        Assert.Null(new GenerationOptions { StopAtEndOfLine = false }.Lines);
        Assert.False(new GenerationOptions { Lines = 2 }.StopAtEndOfLine);
        Assert.Equal(1, new GenerationOptions { Lines = 2, StopAtEndOfLine = true }.Lines);
    }

    [Fact]
    public void Characters_stop_at_a_text_of_several()
    {
        var vocabulary = new Vocabulary(["<unk>", "<eos>", "中", "国", "人", "。"]);
        var shape = new NetworkShape { Cell = CellKind.Gru, VocabularySize = 6, EmbeddingSize = 2, HiddenSize = 2, Layers = 1 };
        var characters = new LanguageModel(Tokenizer.Characters, vocabulary, new NetworkWeights(shape));
        var options = new GenerationOptions { MaximumWords = 500, Lines = null, StopAfter = ["中国"], Sampling = new SamplingOptions { Seed = 2 } };
        var text = characters.Generate("人", options);
        Assert.EndsWith("中国", text, StringComparison.Ordinal);
        Assert.Equal(text.Length - 2, text.IndexOf("中国", StringComparison.Ordinal));
        options.StopBefore = ["中国"];
        options.StopAfter = [];
        Assert.Equal(text[..^2], characters.Generate("人", options));
    }

    [Theory]
    [InlineData("zebra", "the model does not know the word \"zebra\"")]
    [InlineData("w2 zebra", "the model does not know the word \"zebra\"")]
    [InlineData("<eos>", "ends of lines are counted by Lines")]
    public void A_stop_text_that_no_continuation_comes_to_is_refused(string stop, string explanation)
    {
        foreach (var options in new[] { new GenerationOptions { StopBefore = [stop] }, new GenerationOptions { StopAfter = [stop], Beam = new() } })
        {
            var fault = Assert.Throws<ArgumentException>(() => { model.GenerateWords("w2", options); });
            Assert.Contains(explanation, fault.Message);
        }
    }

    [Fact]
    public void A_repetition_penalty_makes_words_rarer_that_have_been()
    {
        var options = new GenerationOptions { MaximumWords = 5, Exclude = SpecialWords.All };
        var plainWords = model.GenerateWords("w2", options).Select(word => word.Word).ToList();
        Assert.True(plainWords.Distinct().Count() < 5);
        options.RepetitionPenalty = 1e6;
        Assert.Equal(5, model.GenerateWords("w2", options).Select(word => word.Word).Distinct().Count());
    }

    [Fact]
    public void A_repetition_penalty_takes_the_log_probability_of_each_word_that_has_been_so_many_times()
    {
        var options = new GenerationOptions { MaximumWords = 12, Lines = null, RepetitionPenalty = 1.7 };
        var state = model.Start("w2");
        var plain = new PlainContinuations(model, state, options);
        var chosen = new PlainContinuations.Chosen([], 0, 0);
        foreach (var word in model.GenerateWords(state, options))
        {
            var best = plain.Next(chosen).MaxBy(next => next.Weight - chosen.Weight)!;
            Assert.Equal(best.Ids[^1], word.Id);
            Assert.Equal(best.LogProbability - chosen.LogProbability, word.LogProbability, 1e-6);
            chosen = best;
        }
    }

    private static bool EndsWith(TextContinuation continuation, string text) => $" {string.Join(' ', continuation.Words.Select(word => word.Word))}".EndsWith($" {text}", StringComparison.Ordinal);

    [Fact]
    public void The_greatest_number_of_words_may_be_the_least()
    {
        var weights = RandomModels.Weights(CellKind.Lstm, vocabulary: 7);
        weights.OutputBias.Values[Vocabulary.EndOfLineId] += 50; // wherever it may, the line ends
        var ending = new LanguageModel(Tokenizer.Whitespace, RandomModels.Words(7), weights);
        var options = new GenerationOptions { MaximumWords = int.MaxValue, MinimumWords = int.MaxValue };
        Assert.Equal(100, ending.GenerateWords("w2", options).Take(100).Count());
    }
}
