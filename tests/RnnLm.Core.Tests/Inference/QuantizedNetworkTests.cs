using RnnLm.Scoring;

namespace RnnLm.Tests.Inference;

public class QuantizedNetworkTests
{
    public static TheoryData<CellKind, int, bool> Shapes => NetworkTests.Shapes;

    /// <summary>Weights with recurrent matrices small enough that no rectified cell grows without bound.</summary>
    private static NetworkWeights Weights(CellKind cell, int layers, bool tied, int vocabulary = 101)
        => RandomModels.Weights(cell, vocabulary, embedding: 19, hidden: 35, layers, tied, recurrentScale: 0.2f);

    [Theory]
    [MemberData(nameof(Shapes))]
    public void States_and_probabilities_are_those_of_the_weights_that_the_integers_stand_for(CellKind cell, int layers, bool tied)
    {
        var network = new Network(Weights(cell, layers, tied)).Quantize();
        // As far as a vector's element on the brink may be rounded the other way.
        NetworkTests.AssertPlain(network, network.CopyWeights(), outputTolerance: 1e-3, probabilityTolerance: 2e-3);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Weights_are_within_half_their_rows_scale_and_biases_the_same(CellKind cell, int layers, bool tied)
    {
        var weights = Weights(cell, layers, tied);
        var quantized = new Network(weights).Quantize().CopyWeights();
        Assert.Equal(weights.Shape, quantized.Shape);
        foreach (var (parameter, other) in weights.Parameters.Zip(quantized.Parameters))
        {
            Assert.Equal(parameter.Name, other.Name);
            if (parameter.Columns == 1)
            {
                Assert.Equal(parameter.Values, other.Values);
                continue;
            }
            for (var row = 0; row < parameter.Rows; row++)
            {
                var before = parameter.Values.AsSpan(row * parameter.Columns, parameter.Columns).ToArray();
                var halfScale = before.Max(Math.Abs) / 254;
                for (var column = 0; column < before.Length; column++)
                    Assert.Equal(before[column], other.Values[(row * parameter.Columns) + column], 1.0001 * halfScale);
            }
        }
    }

    [Theory]
    [InlineData(CellKind.Elman)]
    [InlineData(CellKind.Relu)]
    [InlineData(CellKind.Lstm)]
    [InlineData(CellKind.Gru)]
    [InlineData(CellKind.Cifg)]
    public void Probabilities_are_near_those_of_full_precision(CellKind cell)
    {
        var network = new Network(Weights(cell, 2, tied: false));
        var quantized = network.Quantize();
        var (state, other) = (network.CreateState(), quantized.CreateState());
        var (expected, actual) = (new float[101], new float[101]);
        foreach (var word in RandomModels.Ids(40, 101))
        {
            network.Step(word, state);
            quantized.Step(word, other);
        }
        network.LogProbabilities(state, expected);
        quantized.LogProbabilities(other, actual);
        // Total variation: half the sum of the differences, from 0 to 1.
        Assert.InRange(expected.Zip(actual, (p, q) => Math.Abs(Math.Exp(p) - Math.Exp(q))).Sum() / 2, 1e-6, 0.03);
        Assert.Equal(1, actual.Sum(value => Math.Exp(value)), 1e-5);
    }

    [Theory]
    [InlineData(CellKind.Elman)]
    [InlineData(CellKind.Relu)]
    [InlineData(CellKind.Lstm)]
    [InlineData(CellKind.Gru)]
    [InlineData(CellKind.Cifg)]
    public void Reading_and_predicting_allocate_nothing(CellKind cell)
        => NetworkTests.AssertAllocatesNothing(new Network(RandomModels.Weights(cell, vocabulary: 500, embedding: 40, hidden: 60, recurrentScale: 0.1f)).Quantize());

    [Theory]
    [InlineData(CellKind.Elman, 1, false)]
    [InlineData(CellKind.Lstm, 2, true)]
    [InlineData(CellKind.Gru, 2, false)]
    public void An_evaluation_measures_what_is_served_word_by_word(CellKind cell, int layers, bool tied)
    {
        // A vocabulary of several tiles, and no whole number of panels.
        var network = new Network(Weights(cell, layers, tied, vocabulary: 1300)).Quantize();
        var ids = RandomModels.Ids(300, 1300);
        var state = network.CreateState();
        var logProbabilities = new float[1300];
        var loss = 0.0;
        for (var i = 0; i < ids.Length; i++)
        {
            network.Step(i == 0 ? Vocabulary.EndOfLineId : ids[i - 1], state);
            network.LogProbabilities(state, logProbabilities);
            loss -= logProbabilities[ids[i]];
        }
        Assert.Equal(loss / ids.Length, StreamEvaluation.Measure(network, ids, EvaluationContext.OneStream, new EvaluationOptions()).CrossEntropy, 2e-6);
    }

    [Fact]
    public void Quantising_makes_no_copy_in_single_precision()
    {
        var network = new Network(RandomModels.Weights(CellKind.Lstm, vocabulary: 2000, embedding: 200, hidden: 200), greatestInputTable: 0);
        network.Quantize();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var quantized = network.Quantize();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, (long)(0.3 * sizeof(float) * network.Shape.ParameterCount));
        quantized.Step(3, quantized.CreateState());
    }

    [Fact]
    public void A_quantised_network_is_quantised_once_and_the_other_stays_as_it_was()
    {
        var network = new Network(RandomModels.Weights(CellKind.Lstm));
        var before = network.CopyWeights();
        var quantized = network.Quantize();
        Assert.False(network.IsQuantized);
        Assert.True(quantized.IsQuantized);
        Assert.Same(quantized, quantized.Quantize());
        Assert.Equal(before.Embedding.Values, network.CopyWeights().Embedding.Values);

        var copy = quantized.CopyWeights();
        copy.Embedding.Values.AsSpan().Clear();
        Assert.NotEqual(copy.Embedding.Values, quantized.CopyWeights().Embedding.Values);
    }

    [Fact]
    public void What_the_integers_stand_for_is_quantised_to_the_same_integers()
    {
        var quantized = new Network(Weights(CellKind.Gru, 2, tied: true)).Quantize();
        var again = new Network(quantized.CopyWeights()).Quantize();
        foreach (var (parameter, other) in quantized.Weights.Parameters.Zip(again.Weights.Parameters))
            for (var i = 0; i < parameter.Values.Length; i++) Assert.Equal(parameter.Values[i], other.Values[i], 1e-6 * Math.Abs(parameter.Values[i]));
    }

    [Fact]
    public void A_quantised_model_does_all_that_a_model_does()
    {
        var model = RandomModels.Model(vocabulary: 60, embedding: 20, hidden: 30);
        var quantized = model.Quantize();
        Assert.True(quantized.IsQuantized);
        Assert.Same(quantized, quantized.Quantize());
        Assert.Same(model.Vocabulary, quantized.Vocabulary);
        Assert.Same(model.Training, quantized.Training);

        var next = quantized.NextWords("w3 w4", count: 60);
        Assert.Equal(58, next.Count);
        Assert.Equal(1, next.Sum(word => word.Probability) + next.UnknownProbability + next.EndOfLineProbability, 1e-5);
        Assert.Equal(next.OrderByDescending(word => word.Probability), next);
        Assert.Equal(next.Take(5), quantized.NextWords("w3 w4"));
        foreach (var word in model.NextWords("w3 w4", count: 60))
            Assert.Equal(word.Probability, next.Single(other => other.Id == word.Id).Probability, 0.1 * word.Probability);

        Assert.Equal(model.Score("w3 w4 strange").LogProbability, quantized.Score("w3 w4 strange").LogProbability, 0.2);
        foreach (var (value, other) in model.Embed("w3 w4").Zip(quantized.Embed("w3 w4"))) Assert.Equal(value, other, 0.05);
        var options = new GenerationOptions { Sampling = new SamplingOptions { Temperature = 1, Seed = 3 } };
        Assert.Equal(quantized.Generate("w3", options), quantized.Generate("w3", options));
    }

    [Fact]
    public void Ten_threads_get_the_answers_that_one_gets()
    {
        var model = RandomModels.Model(CellKind.Gru).Quantize();
        LanguageModelTests.AssertSameFromTenThreads(model, model);
    }
}
