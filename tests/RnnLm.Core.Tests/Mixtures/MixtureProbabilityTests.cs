namespace RnnLm.Tests.Mixtures;

public sealed class MixtureProbabilityTests
{
    public static TheoryData<string> Cases => [.. MixtureCase.Names];

    private static TokenStream Stream(int[] ids) => new(ids, ids.Count(id => id == Vocabulary.EndOfLineId), 0, 0);

    private static string Text(IEnumerable<int> ids) => string.Join(' ', ids.Select(id => MixtureCase.Vocabulary[id]));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_probability_word_by_word_is_that_of_plain_loops_and_they_sum_to_one(string name)
    {
        var (model, createPlain) = MixtureCase.Of(name);
        var (state, plain, values) = (model.Start(), createPlain(), new float[MixtureCase.Words]);
        plain.Step(Vocabulary.EndOfLineId);
        foreach (var id in RandomModels.Ids(900, MixtureCase.Words))
        {
            model.LogProbabilities(state, values);
            var expected = plain.Probabilities();
            Assert.Equal(1, expected.Sum(), 1e-5);
            Assert.Equal(1, values.Sum(value => Math.Exp(value)), 1e-5);
            for (var word = 0; word < values.Length; word++) Assert.Equal(Math.Log(expected[word]), values[word], 2e-4);
            model.Read(state, MixtureCase.Vocabulary[id]);
            plain.Step(id);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Figures_over_one_stream_and_over_lines_apart_are_those_of_plain_loops_whatever_the_number_of_threads(string name)
    {
        var (model, createPlain) = MixtureCase.Of(name);
        var ids = RandomModels.Ids(2500, MixtureCase.Words); // more than two stretches, and no whole number of blocks
        foreach (var separatesLines in new[] { false, true })
        {
            LanguageModelMetrics Measure(int threads) => separatesLines
                ? model.EvaluateLinesApart(Stream(ids), new EvaluationOptions { Threads = threads })
                : model.Evaluate(Stream(ids), new EvaluationOptions { Threads = threads });
            var (expected, ranks) = createPlain().Score(ids, separatesLines);
            var metrics = Measure(1);
            Assert.Equal(-expected.Average(), metrics.CrossEntropy, 1e-5);
            Assert.Equal(ranks.Average(rank => rank < 1 ? 1.0 : 0), metrics.AccuracyAt1, 1e-12);
            Assert.Equal(ranks.Average(rank => rank < 3 ? 1.0 : 0), metrics.AccuracyAt3, 1e-12);
            Assert.Equal(ranks.Average(rank => rank < 5 ? 1.0 : 0), metrics.AccuracyAt5, 1e-12);
            foreach (var threads in new[] { 2, 3 }) Assert.Equal(metrics, Measure(threads));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_text_has_the_score_of_plain_loops_alone_and_among_many_and_as_a_line_of_its_own_to_the_bit(string name)
    {
        var (model, createPlain) = MixtureCase.Of(name);
        int[][] texts = [[], [4], [3, 3, 3], .. Enumerable.Range(1, 12).Select(seed => RandomModels.Ids(seed * seed * 10, MixtureCase.Words, seed).Where(id => id > 1).ToArray())];
        var many = model.ScoreMany(texts.Select(Text), batch: new BatchOptions { Threads = 2 });
        for (var i = 0; i < texts.Length; i++)
        {
            int[] ids = [.. texts[i], Vocabulary.EndOfLineId];
            var alone = model.Score(Text(texts[i]));
            var expected = createPlain().Score(ids).LogProbabilities;
            Assert.Equal(ids.Length, alone.Words.Count);
            for (var word = 0; word < ids.Length; word++) Assert.Equal(expected[word], alone.Words[word].LogProbability, 2e-4);
            Assert.Equal(alone.Words, many[i].Words);
            Assert.Equal(alone.CrossEntropy, model.EvaluateLinesApart(Stream(ids)).CrossEntropy);

            var (values, state) = (new double[ids.Length], model.Start());
            Assert.Equal(values.Length == 0 ? 0 : alone.LogProbability, model.Score(ids, state, values), 1e-3);
            for (var word = 0; word < ids.Length; word++) Assert.Equal(expected[word], values[word], 2e-4);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Next_words_are_the_most_probable_alone_and_among_many(string name)
    {
        var (model, createPlain) = MixtureCase.Of(name);
        int[][] prompts = [[], .. Enumerable.Range(1, 9).Select(seed => RandomModels.Ids(seed * 9, MixtureCase.Words, seed).Where(id => id > 1).ToArray())];
        var many = model.NextWordsMany(prompts.Select(Text), count: 7, batch: new BatchOptions { Threads = 2 });
        for (var i = 0; i < prompts.Length; i++)
        {
            var plain = createPlain();
            plain.Step(Vocabulary.EndOfLineId);
            foreach (var id in prompts[i]) plain.Step(id);
            var probabilities = plain.Probabilities();
            int[] best = [.. Enumerable.Range(2, MixtureCase.Words - 2).OrderByDescending(word => probabilities[word]).Take(7)];
            var predictions = model.NextWords(Text(prompts[i]), count: 7);
            Assert.Equal(best, predictions.Select(prediction => prediction.Id));
            Assert.All(predictions, prediction => Assert.Equal(probabilities[prediction.Id], prediction.Probability, 1e-5));
            Assert.Equal(probabilities[Vocabulary.UnknownId], predictions.UnknownProbability, 1e-5);
            Assert.Equal(probabilities[Vocabulary.EndOfLineId], predictions.EndOfLineProbability, 1e-5);
            Assert.Equal(predictions, many[i]);
            Assert.Equal(MixtureCase.Vocabulary[best[0]], model.NextWord(Text(prompts[i])));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_continuation_is_of_the_probabilities_word_by_word_and_the_same_with_the_same_seed(string name)
    {
        var (model, createPlain) = MixtureCase.Of(name);
        var options = new GenerationOptions { MaximumWords = 80, StopAtEndOfLine = false, Sampling = new SamplingOptions { Seed = 5 } };
        GeneratedWord[] words = [.. model.GenerateWords("w3 w4", options)];
        Assert.Equal(80, words.Length);
        var plain = createPlain();
        foreach (var id in new[] { Vocabulary.EndOfLineId, 3, 4 }) plain.Step(id);
        foreach (var word in words)
        {
            Assert.Equal(Math.Log(plain.Probabilities()[word.Id]), word.LogProbability, 2e-4);
            plain.Step(word.Id);
        }
        Assert.Equal(words, model.GenerateWords("w3 w4", options));
        Assert.Equal(model.Generate("w3 w4"), model.Generate("w3 w4"));
    }
}
