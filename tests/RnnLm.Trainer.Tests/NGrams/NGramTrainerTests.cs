namespace RnnLm.Training.Tests.NGrams;

public sealed class NGramTrainerTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void Probabilities_are_those_of_the_definition(int order)
    {
        var vocabulary = SmallTexts.Words(6);
        foreach (var (count, seed) in ((int, int)[])[(3, 1), (40, 2), (120, 3)])
        {
            var lines = SmallTexts.Lines(count, longest: 7, vocabulary, seed);
            var model = Train(vocabulary, lines, order);
            var plain = new PlainKneserNey(order, vocabulary, lines);

            foreach (var context in Contexts(vocabulary, order, seed))
                for (var word = 0; word < vocabulary.Count; word++)
                    Assert.Equal(plain.Probability(context, word), Math.Exp(model.LogProbability(context, word)), 1e-6);
        }
    }

    [Fact]
    public void Discounts_are_estimated_where_there_is_text_enough_and_the_usual_ones_where_there_is_not()
    {
        var vocabulary = SmallTexts.Words(60);
        var lines = SmallTexts.Lines(400, longest: 12, vocabulary, seed: 5);
        var plain = new PlainKneserNey(2, vocabulary, lines);
        var model = Train(vocabulary, lines, 2);
        var options = model.Training.Options;

        Assert.Equal(FormattableString.Invariant($"{plain.Discounts[1][0]:0.####} {plain.Discounts[1][1]:0.####} {plain.Discounts[1][2]:0.####}"), options["discounts_2"]);
        Assert.NotEqual([0.5, 1, 1.5], plain.Discounts[1]);
        foreach (var context in Contexts(vocabulary, 1, seed: 6))
            for (var word = 0; word < vocabulary.Count; word++) Assert.Equal(plain.Probability(context, word), Math.Exp(model.LogProbability(context, word)), 1e-6);
        Assert.StartsWith("0.5 1 1.5 (usual", Train(vocabulary, lines[..2], 2).Training.Options["discounts_2"], StringComparison.Ordinal);
    }

    [Fact]
    public void Discounts_worked_out_by_hand()
    {
        // y = 10 / 18; 1 − 2y·4/10, 2 − 3y·2/4, 3 − 4y·1/2
        var discounts = Discounts.Of([0, 10, 4, 2, 1]);

        Assert.Equal(0.555556, discounts.One, 1e-6);
        Assert.Equal(1.166667, discounts.Two, 1e-6);
        Assert.Equal(1.888889, discounts.More, 1e-6);
        Assert.Equal([0, discounts.One, discounts.Two, discounts.More, discounts.More], new long[] { 0, 1, 2, 3, 9 }.Select(count => discounts.Of(count)));
        Assert.True(discounts.AreEstimated);
    }

    [Theory]
    [InlineData(0, 4, 2, 1)]
    [InlineData(10, 0, 2, 1)]
    [InlineData(10, 4, 0, 1)]
    [InlineData(10, 4, 2, 0)]
    [InlineData(1, 1, 9, 1)] // 2 − 3·9/3 is below 0
    public void Discounts_that_the_counts_do_not_tell_are_the_usual_ones(long n1, long n2, long n3, long n4)
    {
        var discounts = Discounts.Of([0, n1, n2, n3, n4]);
        Assert.Equal((0.5, 1.0, 1.5, false), (discounts.One, discounts.Two, discounts.More, discounts.AreEstimated));
    }

    [Fact]
    public void Two_lines_worked_out_by_hand()
    {
        // "a b" and "a", by discounts of 0.5, 1 and 1.5. Before a comes 1 thing, before b 1, before the end of a line 2; of these 4, 2 are taken, 1/8 for each of 4 words.
        var model = NGramTrainer.Train(Tokenizer.Whitespace, ["a b", "a"], new NGramOptions { Order = 2 });
        var (unknown, end, a, b) = (0, 1, model.Vocabulary.IdOf("a"), model.Vocabulary.IdOf("b"));

        Check([], unknown, 0.125);
        Check([], end, 0.375);
        Check([], a, 0.25);
        Check([], b, 0.25);
        // a is followed by b once and by the end once: half is taken.
        Check([a], b, 0.25 + (0.5 * 0.25));
        Check([a], end, 0.25 + (0.5 * 0.375));
        Check([a], a, 0.5 * 0.25);
        Check([a], unknown, 0.5 * 0.125);
        // Both lines begin with a: 1 of 2 is taken.
        Check([end], a, 0.5 + (0.5 * 0.25));
        Check([b, a, end], a, 0.5 + (0.5 * 0.25));
        Check([unknown], a, 0.25);

        void Check(int[] context, int word, double probability) => Assert.Equal(probability, Math.Exp(model.LogProbability(context, word)), 1e-6);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    public void Probabilities_sum_to_one_after_contexts_that_have_been_seen_and_after_others(int order)
    {
        var vocabulary = SmallTexts.Words(200);
        var model = Train(vocabulary, SmallTexts.Lines(300, longest: 15, vocabulary, seed: 8), order);
        var logProbabilities = new float[vocabulary.Count];
        foreach (var context in Contexts(vocabulary, 6, seed: 4))
        {
            model.LogProbabilities(context, logProbabilities);

            Assert.Equal(1, logProbabilities.Sum(value => Math.Exp(value)), 1e-5);
            for (var word = 0; word < vocabulary.Count; word++) Assert.Equal(model.LogProbability(context, word), logProbabilities[word], 1e-5);
        }
    }

    [Fact]
    public void What_comes_before_the_beginning_of_a_line_makes_no_difference()
    {
        var vocabulary = SmallTexts.Words(5);
        var model = Train(vocabulary, SmallTexts.Lines(80, longest: 6, vocabulary, seed: 9), order: 4);
        foreach (var before in Contexts(vocabulary, 4, seed: 1))
            for (var first = 0; first < vocabulary.Count; first++)
                for (var word = 0; word < vocabulary.Count; word++)
                {
                    Assert.Equal(model.LogProbability([1], word), model.LogProbability([.. before, 1], word));
                    Assert.Equal(model.LogProbability([1, first], word), model.LogProbability([.. before, 1, first], word), first == 1 ? 1e-12 : 0);
                }
    }

    [Fact]
    public void A_line_of_one_word_is_text_enough()
    {
        var model = NGramTrainer.Train(Tokenizer.Whitespace, ["word"]);

        Assert.Equal(5, model.Order);
        Assert.Equal([3, 2, 1, 0, 0], Enumerable.Range(1, 5).Select(model.CountOf)); // <s> word, word </s>, <s> word </s>
        Assert.True(model.LogProbability([1], 2) > model.LogProbability([], 2));
    }

    [Fact]
    public void An_order_above_that_of_any_line_has_no_n_grams_and_changes_nothing()
    {
        var vocabulary = SmallTexts.Words(5);
        var lines = SmallTexts.Lines(50, longest: 2, vocabulary, seed: 3);
        var (four, nine) = (Train(vocabulary, lines, 4), Train(vocabulary, lines, 9));

        Assert.Equal(0, nine.CountOf(9));
        foreach (var context in Contexts(vocabulary, 4, seed: 2))
            Assert.Equal(four.LogProbability(context, 2), nine.LogProbability(context, 2), 1e-6);
    }

    [Fact]
    public void Unknown_words_are_a_word_like_any_other()
    {
        var vocabulary = new Vocabulary(["<unk>", "<eos>", "known"]);
        var model = NGramTrainer.Train(Tokenizer.Whitespace, vocabulary, ["these words", "are all unknown"], new NGramOptions { Order = 2 });

        Assert.True(model.LogProbability([0], 0) > model.LogProbability([0], 2));
        Assert.Equal(1, Enumerable.Range(0, 3).Sum(word => Math.Exp(model.LogProbability([0], word))), 1e-6);
    }

    [Fact]
    public void A_vocabulary_of_special_words_alone_can_be_learned()
    {
        var model = NGramTrainer.Train(Tokenizer.Whitespace, new Vocabulary(["<unk>", "<eos>"]), ["a b"], new NGramOptions { Order = 3 });
        Assert.Equal(1, Math.Exp(model.LogProbability([1], 0)) + Math.Exp(model.LogProbability([1], 1)), 1e-6);
    }

    [Fact]
    public void A_text_without_words_is_refused()
    {
        Assert.Contains("no word", Assert.Throws<TrainingDataException>(() => NGramTrainer.Train(Tokenizer.Whitespace, [])).Message, StringComparison.Ordinal);
        Assert.Contains("none has a word", Assert.Throws<TrainingDataException>(() => NGramTrainer.Train(Tokenizer.Whitespace, ["", " "])).Message, StringComparison.Ordinal);
        Assert.Contains("2 blank lines", Assert.Throws<TrainingDataException>(() => NGramTrainer.Train(Tokenizer.Whitespace, SmallTexts.Words(3), ["", null, " "])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ids_of_another_vocabulary_are_refused()
    {
        var stream = SmallTexts.Stream(SmallTexts.Words(9), [[9, 2]]);
        Assert.Contains("outside the vocabulary of 5", Assert.Throws<TrainingDataException>(() => NGramTrainer.Train(Tokenizer.Whitespace, SmallTexts.Words(3), stream)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_and_the_stream_of_its_ids_give_the_same_model()
    {
        string[] lines = [.. Enumerable.Range(0, 30_000).Select(i => $"a{i % 7} b{i % 11} c{i % 13}")];
        var model = NGramTrainer.Train(Tokenizer.Whitespace, lines);
        var stream = TokenStream.Encode(Tokenizer.Whitespace, model.Vocabulary, lines);

        Assert.Equal(SmallTexts.FileOf(model), SmallTexts.FileOf(NGramTrainer.Train(Tokenizer.Whitespace, model.Vocabulary, stream)));
        Assert.Equal(SmallTexts.FileOf(model), SmallTexts.FileOf(NGramTrainer.Train(Tokenizer.Whitespace, model.Vocabulary, lines)));
        Assert.Equal(120_000, model.Training.Figures["training_words"]);
    }

    [Fact]
    public void Options_that_are_out_of_range_are_all_told()
    {
        var fault = Assert.Throws<ArgumentOutOfRangeException>(() => NGramTrainer.Train(Tokenizer.Whitespace, ["a"],
            new NGramOptions { Order = 0, MemoryLimit = 1, TemporaryFolder = "/no/such/folder" }));
        Assert.Contains("Order is 0; it must be from 1 to 16.", fault.Message, StringComparison.Ordinal);
        Assert.Contains("MemoryLimit is 1; it must be at least 16.", fault.Message, StringComparison.Ordinal);
        Assert.Contains("TemporaryFolder is /no/such/folder", fault.Message, StringComparison.Ordinal);
    }

    private static NGramModel Train(Vocabulary vocabulary, IEnumerable<int[]> lines, int order)
        => NGramTrainer.Train(Tokenizer.Whitespace, vocabulary, SmallTexts.Stream(vocabulary, lines), new NGramOptions { Order = order });

    /// <summary>Contexts of every length up to one, some that occur and some that do not, with the beginning of a line at the front of some.</summary>
    private static IEnumerable<int[]> Contexts(Vocabulary vocabulary, int longest, int seed)
    {
        yield return [];
        yield return [Vocabulary.EndOfLineId];
        var random = new Random(seed);
        for (var i = 0; i < 60; i++)
        {
            int[] words = [.. Enumerable.Range(0, 1 + random.Next(longest)).Select(_ => random.Next(Math.Min(8, vocabulary.Count)))];
            for (var j = 0; j < words.Length; j++)
                if (words[j] == Vocabulary.EndOfLineId && j > 0) words[j] = Vocabulary.UnknownId;
            yield return words;
        }
    }
}
