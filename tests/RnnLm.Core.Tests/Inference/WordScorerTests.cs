using RnnLm.Inference;
using RnnLm.Numerics;

namespace RnnLm.Tests.Inference;

public class WordScorerTests
{
    private const int Words = 1301;

    // Cutoffs, or none: a head of several tiles, a tail of several tiles, a tail of two words; a head of special words alone.
    public static TheoryData<int[], double> Softmaxes => new()
    {
        { [], 0.2 },
        { [], 3 },
        { [600, 602], 0.2 },
        { [600, 602], 3 },
        { [2, 700], 1 },
    };

    [Theory]
    [MemberData(nameof(Softmaxes))]
    public void Log_probabilities_are_those_of_a_softmax_in_double_precision_and_ranks_those_of_sorted_words(int[] cutoffs, double scale)
    {
        var weights = Weights(cutoffs, scale);
        var (states, queries) = Ask(weights, 50, ranked: Words);
        new Network(weights).Output.CreateScorer(states.Rows).Score(states, queries);
        var tolerance = 2e-5 * Math.Max(1, scale * scale); // logits of a tail are products of two such matrices
        for (var state = 0; state < states.Rows; state++)
        {
            var expected = LogProbabilities(weights, states.Row(state));
            int[] sorted = [.. Enumerable.Range(0, Words).OrderByDescending(word => expected[word])];
            for (var query = 0; query < queries.Count; query++)
            {
                if (queries.States[query] != state) continue;
                var word = queries.Words[query];
                Assert.Equal(expected[word], queries.LogProbabilities[query], tolerance);
                // Words that differ by rounding alone may change places.
                var rank = queries.Ranks[query];
                Assert.Equal(expected[word], expected[sorted[rank]], tolerance);
                Assert.InRange(rank, expected.Count(value => value > expected[word] + tolerance), expected.Count(value => value > expected[word] - tolerance) - 1);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Softmaxes))]
    public void Ranks_are_exact_as_far_as_they_are_asked_for(int[] cutoffs, double scale)
    {
        var weights = Weights(cutoffs, scale);
        var scorer = new Network(weights).Output.CreateScorer(50);
        var (states, all) = Ask(weights, 50, ranked: Words);
        var (_, few) = Ask(weights, 50, ranked: 5);
        scorer.Score(states, all);
        scorer.Score(states, few);
        Assert.Contains(all.Ranks.ToArray(), rank => rank < 5);
        Assert.Equal(all.Ranks.ToArray().Select(rank => Math.Min(rank, 5)), few.Ranks.ToArray().Select(rank => Math.Min(rank, 5)));
        Assert.Equal(all.LogProbabilities.ToArray(), few.LogProbabilities.ToArray());
    }

    [Theory]
    [MemberData(nameof(Softmaxes))]
    public void An_answer_has_the_same_bits_whatever_is_asked_besides(int[] cutoffs, double scale)
    {
        foreach (var network in new[] { new Network(Weights(cutoffs, scale)), new Network(Weights(cutoffs, scale)).Quantize() })
        {
            var scorer = network.Output.CreateScorer(50);
            var (states, together) = Ask(Weights(cutoffs, scale), 50, ranked: 0);
            scorer.Score(states, together);
            var alone = new WordQueries();
            for (var query = 0; query < together.Count; query++)
            {
                alone.Clear();
                alone.Add(0, together.Words[query]);
                scorer.Score(states.RowRange(together.States[query], 1), alone);
                Assert.Equal(together.LogProbabilities[query], alone.LogProbabilities[0]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Softmaxes))]
    public void Of_all_words_the_probabilities_sum_to_one_and_the_ranks_are_each_number_once(int[] cutoffs, double scale)
    {
        var weights = Weights(cutoffs, scale);
        var states = States(1);
        var queries = new WordQueries(ranked: Words);
        for (var word = 0; word < Words; word++) queries.Add(0, word);
        new Network(weights).Output.CreateScorer(1).Score(states, queries);
        Assert.Equal(1, queries.LogProbabilities.ToArray().Sum(Math.Exp), 1e-5);
        if (cutoffs.Length == 0) Assert.Equal(Enumerable.Range(0, Words), queries.Ranks.ToArray().Order());
    }

    [Theory]
    [MemberData(nameof(Softmaxes))]
    public void Scoring_and_ranking_allocate_nothing(int[] cutoffs, double scale)
    {
        var weights = Weights(cutoffs, scale);
        var scorer = new Network(weights).Output.CreateScorer(50);
        var (states, queries) = Ask(weights, 50, ranked: 5);
        scorer.Score(states, queries);
        Allocations.AssertNone(() => scorer.Score(states, queries));
    }

    [Theory]
    [MemberData(nameof(Softmaxes))]
    public void Scoring_the_words_of_a_text_allocates_nothing(int[] cutoffs, double scale)
    {
        var network = new Network(Weights(cutoffs, scale));
        var state = network.CreateState();
        var words = RandomModels.Ids(300, Words);
        var logProbabilities = new double[words.Length];
        network.Score(words, state, logProbabilities);
        Allocations.AssertNone(() => network.Score(words, state, logProbabilities));
        Allocations.AssertNone(() => network.LogProbability(600, state));
    }

    [Fact]
    public void One_words_log_probability_is_the_one_among_all()
    {
        var network = new Network(RandomModels.Weights(CellKind.Lstm, vocabulary: Words, hidden: 70));
        var state = network.CreateState();
        network.Step(5, state);
        var all = new float[Words];
        network.LogProbabilities(state, all);
        foreach (var word in new[] { 0, 1, 600, Words - 1 }) Assert.Equal(all[word], network.LogProbability(word, state), 1e-5);
    }

    [Fact]
    public void States_that_are_asked_about_out_of_order_are_refused()
    {
        var queries = new WordQueries();
        queries.Add(3, 7);
        Assert.Contains("state 2", Assert.Throws<ArgumentException>(() => queries.Add(2, 7)).Message);
    }

    private static NetworkWeights Weights(int[] cutoffs, double scale)
    {
        if (cutoffs.Length > 0) return AdaptiveModels.Weights(vocabulary: Words, hidden: 70, divisionFactor: 4, outputScale: scale, cutoffs: cutoffs);
        var weights = RandomModels.Weights(CellKind.Lstm, vocabulary: Words, hidden: 70);
        foreach (ref var value in weights.Output.Values.AsSpan()) value *= (float)scale;
        return weights;
    }

    /// <summary>States, and questions after each about words of every part of the vocabulary, the most probable among them; after some about none.</summary>
    private static (MatrixView States, WordQueries Queries) Ask(NetworkWeights weights, int count, int ranked)
    {
        var states = States(count);
        var queries = new WordQueries(ranked);
        var random = new Random(5);
        for (var state = 0; state < count; state++)
        {
            if (state % 7 == 3) continue;
            var all = LogProbabilities(weights, states.Row(state));
            queries.Add(state, Array.IndexOf(all, all.Max()));
            foreach (var word in new[] { 0, 1, random.Next(600), 600, 601, random.Next(602, Words), Words - 1 }) queries.Add(state, word);
        }
        return (states, queries);
    }

    private static MatrixView States(int count)
    {
        var random = new Random(3);
        return new MatrixView([.. Enumerable.Range(0, count * 70).Select(_ => (float)((2 * random.NextDouble()) - 1))], count, 70);
    }

    private static double[] LogProbabilities(NetworkWeights weights, ReadOnlySpan<float> hidden)
    {
        var plain = new PlainNetwork(weights);
        for (var i = 0; i < hidden.Length; i++) plain.Output[i] = hidden[i];
        return plain.LogProbabilities();
    }
}
