using RnnLm.Tests.Inference;
using RnnLm.Tests.Mixtures;

namespace RnnLm.Tests.Scoring;

/// <summary>Ranks and entropies beside log-probabilities.</summary>
public class WordMeasureTests
{
    private static readonly ScoringOptions Everything = new() { IncludeRanks = true, IncludeEntropies = true };

    public static TheoryData<string> Mixtures => [.. MixtureCase.Names];

    [Theory]
    [InlineData(CellKind.Lstm)]
    [InlineData(CellKind.Gru)]
    public void The_ranks_and_entropies_of_a_network_are_those_of_its_equations(CellKind cell)
    {
        var weights = RandomModels.Weights(cell, vocabulary: 300);
        var model = new LanguageModel(Tokenizer.Whitespace, RandomModels.Words(300), weights);
        var plain = new PlainNetwork(weights);
        var previous = Vocabulary.EndOfLineId;
        // More words than are read at once.
        foreach (var word in model.Score(string.Join(' ', RandomModels.Ids(290, 300).Select(id => $"w{id}")), Everything).Words)
        {
            plain.Step(previous);
            AssertMeasures(word, plain.LogProbabilities());
            previous = word.Id;
        }
    }

    [Theory]
    [MemberData(nameof(Mixtures))]
    public void The_ranks_and_entropies_of_a_mixture_are_those_of_its_equations(string name)
    {
        var mixture = MixtureCase.Of(name);
        var plain = mixture.CreatePlain();
        plain.Step(Vocabulary.EndOfLineId);
        var text = string.Join(' ', RandomModels.Ids(150, MixtureCase.Words).Select(id => $"w{id}"));
        var score = mixture.Model.Score(text, Everything);
        foreach (var word in score.Words)
        {
            AssertMeasures(word, [.. plain.Probabilities().Select(value => Math.Log(value))]);
            plain.Step(word.Id);
        }
        Assert.Equal(score.Words.Select(word => word.LogProbability), mixture.Model.Score(text).Words.Select(word => word.LogProbability), (x, y) => Math.Abs(x - y) < 1e-5);

        var stepped = mixture.Model.ScoreFrom(mixture.Model.Start(), text, Everything);
        Assert.Equal(score.Words.Select(word => word.Entropy!.Value), stepped.Words.Select(word => word.Entropy!.Value), (x, y) => Math.Abs(x - y) < 1e-3);
        Assert.Equal(score.LogProbability, stepped.LogProbability, 1e-2);
    }

    [Fact]
    public void The_ranks_and_entropies_of_an_adaptive_softmax_and_of_a_quantised_network_are_those_of_its_distributions()
    {
        foreach (var model in new[] { AdaptiveModels.Model(AdaptiveModels.Weights(vocabulary: 41)), RandomModels.Model(vocabulary: 41).Quantize() })
        {
            var state = model.Start();
            var logProbabilities = new float[41];
            foreach (var word in model.Score("w3 w40 w17 w3 zebra w2", Everything).Words)
            {
                model.LogProbabilities(state, logProbabilities);
                AssertMeasures(word, [.. logProbabilities.Select(value => (double)value)]);
                model.Network.Step(word.Id, state);
            }
        }
    }

    [Fact]
    public void The_ranks_and_entropies_of_an_ngram_model_are_those_of_its_distributions()
    {
        var model = RandomNGrams.Model(RandomModels.Words(41));
        var context = new List<int> { Vocabulary.EndOfLineId };
        var logProbabilities = new float[41];
        foreach (var word in model.Score("w3 w4 w5 w4 zebra", Everything).Words)
        {
            model.LogProbabilities([.. context], logProbabilities);
            AssertMeasures(word, [.. logProbabilities.Select(value => (double)value)]);
            context.Add(word.Id);
        }
    }

    [Fact]
    public void Log_probabilities_are_the_same_to_the_last_bit_whatever_is_asked_besides()
    {
        var model = RandomModels.Model(vocabulary: 300);
        var text = string.Join(' ', RandomModels.Ids(290, 300).Select(id => $"w{id}"));
        foreach (var options in new[] { Everything, new ScoringOptions { IncludeRanks = true }, new ScoringOptions { IncludeEntropies = true } })
        {
            var score = model.Score(text, options);
            Assert.Equal(model.Score(text).Words.Select(word => word.LogProbability), score.Words.Select(word => word.LogProbability));
            Assert.All(score.Words, word => Assert.Equal((options.IncludeRanks, options.IncludeEntropies), (word.Rank.HasValue, word.Entropy.HasValue)));
        }
        Assert.All(model.Score(text).Words, word => Assert.Equal((null, null), (word.Rank, word.Entropy)));
    }

    [Fact]
    public void Many_texts_have_the_measures_of_each_of_them_alone()
    {
        var model = RandomModels.Model();
        foreach (var threads in new[] { 1, 3 })
            Assert.Equal(
                BatchTexts.Awkward.SelectMany(text => model.Score(text, Everything).Words),
                model.ScoreMany(BatchTexts.Awkward, Everything, new BatchOptions { Threads = threads }).SelectMany(score => score.Words));
    }

    [Fact]
    public void A_word_says_its_rank_and_entropy_where_it_has_them()
        => Assert.Equal("the -0.693, rank 1,200, entropy 2.500", new WordScore("the", 3, Math.Log(0.5), IsCounted: true) { Rank = 1200, Entropy = 2.5 }.ToString());

    [Fact]
    public void A_measure_that_is_cancelled_ends()
    {
        var cancelled = new CancellationToken(canceled: true);
        foreach (var model in new[] { RandomModels.Model(), MixtureCase.Of("cache and n-gram model").Model })
        {
            Assert.ThrowsAny<OperationCanceledException>(() => model.Score("w3 w4", Everything, cancelled));
            Assert.ThrowsAny<OperationCanceledException>(() => model.ScoreFrom(model.Start(), "w3 w4", Everything, cancelled));
            Assert.ThrowsAny<OperationCanceledException>(() => model.ScoreStream(["w3 w4"], null, cancelled).Count());
        }
    }

    private static void AssertMeasures(WordScore word, double[] logProbabilities)
    {
        Assert.Equal(logProbabilities[word.Id], word.LogProbability, 1e-4);
        Assert.Equal(-logProbabilities.Sum(value => Math.Exp(value) * value), word.Entropy!.Value, 1e-4);
        // Values as near as rounding may be in either order.
        var (least, most) = (logProbabilities.Count(value => value > word.LogProbability + 1e-5), logProbabilities.Count(value => value > word.LogProbability - 1e-5));
        Assert.InRange(word.Rank!.Value, least + 1, Math.Max(least + 1, most));
    }
}
