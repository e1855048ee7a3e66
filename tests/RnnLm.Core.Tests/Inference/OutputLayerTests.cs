using RnnLm.Inference;
using RnnLm.Numerics;

namespace RnnLm.Tests.Inference;

public class OutputLayerTests
{
    private const int Words = 1301;

    private readonly NetworkWeights weights = RandomModels.Weights(CellKind.Lstm, vocabulary: Words, hidden: 70);

    private SoftmaxLayer Softmax => new(new SinglePrecisionMatrix(weights.Output.Matrix), weights.OutputBias.Values);

    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(2000)]
    public void Logits_of_many_states_have_the_bits_that_each_state_has_alone(int count)
    {
        var states = States(count);
        var alone = new float[Words];
        var asked = 0;
        Softmax.Logits(states, (state, logits) =>
        {
            Assert.Equal(asked++, state);
            Softmax.Logits(states.Row(state), alone);
            Assert.True(logits.SequenceEqual(alone));
        });
        Assert.Equal(count, asked);
    }

    [Fact]
    public void Log_probabilities_of_the_best_words_after_many_states_have_the_bits_that_each_state_has_alone()
    {
        foreach (OutputLayer output in new[] { Softmax, new Network(AdaptiveModels.Weights(vocabulary: Words, hidden: 70, divisionFactor: 4, outputScale: 1, cutoffs: [40, 700])).Output })
        {
            var states = States(9);
            var alone = new float[Words];
            output.LogProbabilitiesOfBest(states, 7, (state, logProbabilities) =>
            {
                output.LogProbabilitiesOfBest(states.Row(state), 7, alone);
                Assert.True(logProbabilities.SequenceEqual(alone));
            });
        }
    }

    [Fact]
    public void Scoring_words_of_a_row_allocates_nothing()
    {
        var network = new Network(weights);
        var state = network.CreateState();
        int[] words = [5, 6, 7, 600];
        var logProbabilities = new double[4];
        network.Score(words, state, logProbabilities);
        Allocations.AssertNone(() => network.Score(words, state, logProbabilities));
    }

    [Fact]
    public void A_score_of_ids_is_the_sum_of_its_steps_and_leaves_the_state_after_the_last()
    {
        var network = new Network(weights);
        var (state, stepped) = (network.CreateState(), network.CreateState());
        int[] words = [5, 6, 600];
        var logProbabilities = new double[3];
        var sum = network.Score(words, state, logProbabilities);
        var all = new float[Words];
        for (var i = 0; i < words.Length; i++)
        {
            network.LogProbabilities(stepped, all);
            Assert.Equal(all[words[i]], logProbabilities[i], 1e-5);
            network.Step(words[i], stepped);
        }
        Assert.Equal(logProbabilities.Sum(), sum, 1e-12);
        Assert.Equal(stepped.Output.ToArray(), state.Output.ToArray());
        Assert.Contains("2", Assert.Throws<ArgumentException>(() => network.Score(words, state, new double[2])).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => network.LogProbability(Words, state));
    }

    private static MatrixView States(int count)
    {
        var random = new Random(3);
        return new MatrixView([.. Enumerable.Range(0, count * 70).Select(_ => (float)((2 * random.NextDouble()) - 1))], count, 70);
    }
}
