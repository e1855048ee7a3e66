using RnnLm.Inference;
using RnnLm.Numerics;

namespace RnnLm.Tests.Inference;

public class OutputLayerTests
{
    private const int Words = 1301;

    private readonly NetworkWeights weights = RandomModels.Weights(CellKind.Lstm, vocabulary: Words, hidden: 70);

    private SoftmaxLayer Softmax => new(new SinglePrecisionMatrix(weights.Output.Matrix), weights.OutputBias.Values);

    [Fact]
    public void Tiles_of_many_states_hold_the_bits_that_each_state_has_alone()
    {
        var states = States(17);
        var collected = new Collector(states.Rows, Words);
        Softmax.Logits(states, collected);
        var alone = new float[Words];
        for (var i = 0; i < states.Rows; i++)
        {
            Softmax.Logits(states.Row(i), alone);
            Assert.Equal(alone, collected.Logits[i]);
        }
    }

    [Fact]
    public void A_layer_without_tiles_of_its_own_gives_the_same_logits()
    {
        var states = States(9);
        var (tiles, rows) = (new Collector(states.Rows, Words), new Collector(states.Rows, Words));
        Softmax.Logits(states, tiles);
        new RowByRow(Softmax).Logits(states, rows);
        Assert.Equal(tiles.Logits, rows.Logits);
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

    /// <summary>An output layer that has nothing but logits.</summary>
    private sealed class RowByRow(SoftmaxLayer layer) : OutputLayer
    {
        public override int Words => layer.Words;

        public override void Logits(ReadOnlySpan<float> hidden, Span<float> destination) => layer.Logits(hidden, destination);

        public override WordScorer CreateScorer(int capacity) => layer.CreateScorer(capacity);
    }

    /// <summary>Puts tiles together.</summary>
    private sealed class Collector(int states, int words) : ILogitReceiver
    {
        public float[][] Logits { get; } = [.. Enumerable.Range(0, states).Select(_ => new float[words])];

        public void Take(int firstState, int firstWord, MatrixView logits)
        {
            for (var i = 0; i < logits.Rows; i++) logits.Row(i).CopyTo(Logits[firstState + i].AsSpan(firstWord));
        }
    }
}
