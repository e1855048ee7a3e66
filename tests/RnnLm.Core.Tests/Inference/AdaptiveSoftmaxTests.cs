namespace RnnLm.Tests.Inference;

public class AdaptiveSoftmaxTests
{
    private static float[] LogProbabilities(Network network, RecurrentState state)
    {
        var logProbabilities = new float[network.Shape.VocabularySize];
        network.LogProbabilities(state, logProbabilities);
        return logProbabilities;
    }

    [Fact]
    public void Probabilities_are_those_worked_out_by_hand()
    {
        // Two words in the head, and one cluster of two words that reads the sum of the hidden state's values.
        var weights = new NetworkWeights(new NetworkShape
        {
            Cell = CellKind.Relu,
            VocabularySize = 4,
            EmbeddingSize = 2,
            HiddenSize = 2,
            Layers = 1,
            AdaptiveSoftmax = new AdaptiveSoftmaxShape([2], 2),
        });
        weights.Layers[0].Bias.Values[0] = 1; // h = (1, 2)
        weights.Layers[0].Bias.Values[1] = 2;
        weights.OutputBias.Values[0] = MathF.Log(1);
        weights.OutputBias.Values[1] = MathF.Log(2);
        weights.OutputBias.Values[2] = MathF.Log(5); // so the cluster has the probability 5/8
        (weights.Tails[0].Projection.Values[0], weights.Tails[0].Projection.Values[1]) = (1, 1); // P h = 3
        weights.Tails[0].Words.Values[1] = MathF.Log(9) / 3; // so its words have 1/10 and 9/10 of it

        var network = new Network(weights);
        var state = network.CreateState();
        network.Step(1, state);
        double[] expected = [1 / 8.0, 2 / 8.0, 5 / 8.0 * 0.1, 5 / 8.0 * 0.9];
        Assert.All(LogProbabilities(network, state).Zip(expected), pair => Assert.Equal(pair.Second, Math.Exp(pair.First), 1e-6));
    }

    [Theory]
    [InlineData(CellKind.Elman, 2.0, 6, 15, 30)]
    [InlineData(CellKind.Lstm, 4.0, 2)]
    [InlineData(CellKind.Gru, 1.0, 2, 3, 40)]
    [InlineData(CellKind.Lstm, 100.0, 20, 21)]
    public void Probabilities_are_those_of_plain_loops_and_sum_to_one(CellKind cell, double divisionFactor, params int[] cutoffs)
    {
        var weights = AdaptiveModels.Weights(cell, divisionFactor: divisionFactor, cutoffs: cutoffs);
        var (network, plain) = (new Network(weights), new PlainNetwork(weights));
        var state = network.CreateState();
        var logits = new float[41];
        foreach (var word in RandomModels.Ids(20, 41))
        {
            network.Step(word, state);
            plain.Step(word);
            var actual = LogProbabilities(network, state);
            var expected = plain.LogProbabilities();
            for (var id = 0; id < actual.Length; id++) Assert.Equal(expected[id], actual[id], 1e-4);
            Assert.Equal(1, actual.Sum(value => Math.Exp(value)), 1e-5);

            // What ranks words is the distribution itself, so that its softmax is too.
            network.Logits(state, logits);
            Assert.Equal(actual, logits);
        }
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(1.0)]
    [InlineData(8.0)] // peaked: most clusters cannot have a word among the best
    public void The_best_words_are_those_of_the_sorted_distribution(double scale)
    {
        var weights = AdaptiveModels.Weights(vocabulary: 300, outputScale: scale, cutoffs: [20, 100, 200]);
        var model = AdaptiveModels.Model(weights);
        var state = model.Network.CreateState();
        foreach (var word in RandomModels.Ids(100, 300))
        {
            model.Network.Step(word, state);
            var all = LogProbabilities(model.Network, state);
            foreach (var exclude in new[] { SpecialWords.None, SpecialWords.Unknown, SpecialWords.All })
            {
                bool IsExcluded(int id) => (id == Vocabulary.UnknownId && exclude.HasFlag(SpecialWords.Unknown)) || (id == Vocabulary.EndOfLineId && exclude.HasFlag(SpecialWords.EndOfLine));
                int[] sorted = [.. Enumerable.Range(0, 300).Where(id => !IsExcluded(id)).OrderByDescending(id => all[id])];
                foreach (var count in new[] { 1, 2, 5, 30, 298, 300 })
                {
                    var best = model.NextWords(state, count, exclude);
                    Assert.Equal(sorted.Take(count), best.Select(prediction => prediction.Id));
                    Assert.All(best, prediction => Assert.Equal(Math.Exp(all[prediction.Id]), prediction.Probability));
                    Assert.Equal(Math.Exp(all[Vocabulary.UnknownId]), best.UnknownProbability);
                    Assert.Equal(Math.Exp(all[Vocabulary.EndOfLineId]), best.EndOfLineProbability);
                }
            }
            Assert.Equal(Enumerable.Range(1, 299).MaxBy(id => all[id]), model.NextWordId(state, SpecialWords.Unknown));
            Assert.Equal(Enumerable.Range(2, 298).MaxBy(id => all[id]), model.NextWordId(state));
        }
    }

    [Fact]
    public void A_cluster_that_cannot_hold_one_of_the_best_words_is_not_worked_out()
    {
        var weights = AdaptiveModels.Weights(vocabulary: 300, cutoffs: [20, 100, 200]);
        weights.OutputBias.Values[20] = -100; // the first cluster
        var network = new Network(weights);
        var state = network.CreateState();
        network.Step(5, state);
        var best = new float[300];
        network.Output.LogProbabilitiesOfBest(state.Output, 5, best);
        Assert.All(best[20..100], value => Assert.Equal(float.NegativeInfinity, value));

        network.Output.LogProbabilitiesOfBest(state.Output, 300, best);
        Assert.Equal(LogProbabilities(network, state), best);
    }

    [Fact]
    public void Reading_and_predicting_allocate_nothing()
    {
        var model = AdaptiveModels.Model(AdaptiveModels.Weights(vocabulary: 500, cutoffs: [50, 100, 300]));
        NetworkTests.AssertAllocatesNothing(model.Network, state => model.NextWordId(state));
    }

    [Fact]
    public void Texts_are_scored_and_continued_with_it()
    {
        var model = AdaptiveModels.Model(AdaptiveModels.Weights());
        var score = model.Score("w3 w20 w40 strange");
        var plain = new PlainNetwork(model.Network.CopyWeights());
        var expected = 0.0;
        var previous = Vocabulary.EndOfLineId;
        foreach (var word in score.Words)
        {
            plain.Step(previous);
            expected += plain.LogProbabilities()[word.Id];
            previous = word.Id;
        }
        Assert.Equal(expected, score.LogProbability, 1e-4);
        var words = model.GenerateWords("w3", new GenerationOptions { MaximumWords = 30, StopAtEndOfLine = false, Sampling = new SamplingOptions { Seed = 1 } }).ToArray();
        Assert.Equal(30, words.Length);
        Assert.Contains(words, word => word.Id >= 6);
    }
}
