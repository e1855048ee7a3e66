using RnnLm.Training.Tests.Engines;

namespace RnnLm.Training.Tests.Initialization;

public class WeightInitializationTests
{
    [Theory]
    [InlineData(CellKind.Elman, false)]
    [InlineData(CellKind.Lstm, false)]
    [InlineData(CellKind.Gru, true)]
    [InlineData(CellKind.Cifg, true)]
    public void Every_tensor_fills_the_range_that_is_its_own(CellKind cell, bool tied)
    {
        var shape = Cases.Shape(cell, tied, vocabulary: 400, embedding: 25, hidden: 100);
        var weights = WeightInitialization.Create(shape, 1);
        AssertUniform(weights.Embedding, 0.1);
        AssertUniform(weights.Output, 0.1);
        Assert.All(weights.OutputBias.Values, value => Assert.Equal(0, value));
        for (var layer = 0; layer < shape.Layers; layer++)
            foreach (var parameter in weights.Layers[layer].Parameters) AssertUniform(parameter, 1 / Math.Sqrt(shape.OutputSizeOf(layer)));
    }

    [Theory]
    [InlineData(CellKind.Lstm)]
    [InlineData(CellKind.Cifg)]
    public void A_projection_fills_the_range_of_its_layer(CellKind cell)
    {
        var shape = Cases.Shape(cell, vocabulary: 400, embedding: 25, hidden: 100, projection: 30);
        foreach (var layer in WeightInitialization.Create(shape, 1, forgetBias: 0).Layers)
        {
            Assert.Equal((30, 100), (layer.Projection!.Rows, layer.Projection.Columns));
            foreach (var parameter in layer.Parameters) AssertUniform(parameter, 0.1);
        }
    }

    [Theory]
    [InlineData(CellKind.Lstm, 1)]
    [InlineData(CellKind.Cifg, 0)]
    public void The_forget_gates_biases_and_no_others_are_raised(CellKind cell, int gate)
    {
        var shape = Cases.Shape(cell, hidden: 19, projection: 7);
        var without = WeightInitialization.Create(shape, 1, forgetBias: 0);
        var raised = WeightInitialization.Create(shape, 1, forgetBias: 1);
        var other = WeightInitialization.Create(shape, 1, forgetBias: -2.5);
        foreach (var (index, parameter) in without.Parameters.Index())
        {
            var (ofRaised, ofOther) = (raised.Parameters.ElementAt(index).Values, other.Parameters.ElementAt(index).Values);
            for (var i = 0; i < parameter.Values.Length; i++)
            {
                var isForgetBias = parameter.Name.StartsWith("layers.", StringComparison.Ordinal) && parameter.Name.EndsWith(".bias", StringComparison.Ordinal) && i / 19 == gate;
                Assert.Equal(parameter.Values[i] + (isForgetBias ? 1f : 0), ofRaised[i]);
                Assert.Equal(parameter.Values[i] + (isForgetBias ? -2.5f : 0), ofOther[i]);
            }
        }
    }

    [Theory]
    [InlineData(CellKind.Elman)]
    [InlineData(CellKind.Relu)]
    [InlineData(CellKind.Gru)]
    public void Cells_without_a_forget_gate_have_no_part_in_its_bias(CellKind cell)
    {
        var shape = Cases.Shape(cell);
        foreach (var (one, other) in WeightInitialization.Create(shape, 1, forgetBias: 0).Parameters.Zip(WeightInitialization.Create(shape, 1, forgetBias: 3).Parameters))
            Assert.Equal(one.Values, other.Values);
    }

    [Fact]
    public void Training_begins_with_the_forget_bias_of_its_options()
    {
        var options = new TrainingOptions { Layers = 1, EmbeddingSize = 4, HiddenSize = 4, BatchSize = 1, Epochs = 1, Threads = 1, Optimizer = new Sgd { LearningRate = 1e-30 } };
        float[] Biases() => new LanguageModelTrainer(options).Train(Tokenizer.Whitespace, Texts.Vocabulary(5), Texts.Of(2, 3, 2, 1, 2, 4, 1)).Result.Weights.Layers[0].Bias.Values;
        var usual = Biases();
        options.ForgetBias = -3;
        var biases = Biases();
        for (var i = 0; i < biases.Length; i++) Assert.Equal(i / 4 == 1 ? -3 : 0, biases[i] - usual[i], 1e-5);
    }

    [Fact]
    public void An_adaptive_softmax_fills_the_ranges_of_PyTorch_and_leaves_the_other_weights_as_they_are()
    {
        var full = Cases.Shape(CellKind.Lstm, vocabulary: 400, embedding: 25, hidden: 100);
        var weights = WeightInitialization.Create(full with { AdaptiveSoftmax = new AdaptiveSoftmaxShape([50, 200]) }, 1);
        AssertUniform(weights.Output, 0.1);
        Assert.All(weights.OutputBias.Values, value => Assert.Equal(0, value));
        foreach (var matrix in weights.Tails.SelectMany(tail => tail.Parameters)) AssertUniform(matrix, 1 / Math.Sqrt(matrix.Columns));
        Assert.NotEqual(weights.Tails[0].Words.Values[..100], weights.Tails[1].Words.Values[..100]);
        Assert.Equal(WeightInitialization.Create(full, 1).Layers[1].Input.Values, weights.Layers[1].Input.Values);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void With_counts_a_network_begins_as_a_unigram_model(bool adaptive)
    {
        var shape = Cases.Shape(CellKind.Lstm, vocabulary: 40) with { AdaptiveSoftmax = adaptive ? new AdaptiveSoftmaxShape([10, 25]) : null };
        long[] counts = [.. Enumerable.Range(0, 40).Select(word => word == 7 ? 0 : 5_000L / (word + 1))];
        var weights = WeightInitialization.Create(shape, 1, counts);
        Assert.Equal(0, weights.OutputBias.Values.Average(), 1e-5);

        // Where nothing else speaks, every word is as probable as it is frequent; within a cluster, as any other.
        foreach (var parameter in weights.Parameters.Where(parameter => parameter != weights.OutputBias)) parameter.Values.AsSpan().Clear();
        var network = new Network(weights);
        var logProbabilities = new float[40];
        network.LogProbabilities(network.CreateState(), logProbabilities);
        double total = counts.Sum() + 40;
        for (var word = 0; word < 40; word++)
        {
            var (first, end) = !adaptive || word < 10 ? (word, word + 1) : word < 25 ? (10, 25) : (25, 40);
            Assert.Equal((counts[first..end].Sum() + end - first) / total / (end - first), Math.Exp(logProbabilities[word]), 1e-6);
        }
    }

    [Fact]
    public void Counts_that_do_not_go_with_the_vocabulary_are_refused()
    {
        var shape = Cases.Shape(CellKind.Lstm);
        Assert.Contains("52 words; the vocabulary has 53", Assert.Throws<ArgumentException>(() => WeightInitialization.Create(shape, 1, new long[52])).Message);
        Assert.Throws<ArgumentException>(() => WeightInitialization.Create(shape, 1, [.. Enumerable.Repeat(-1L, 53)]));
    }

    [Fact]
    public void Training_begins_with_the_words_frequencies_only_where_it_begins_with_no_weights()
    {
        var options = new TrainingOptions { Layers = 1, EmbeddingSize = 4, HiddenSize = 4, BatchSize = 1, Epochs = 1, Threads = 1, Optimizer = new Sgd { LearningRate = 1e-30 } };
        var (vocabulary, corpus) = (Texts.Vocabulary(5), Texts.Of(2, 3, 2, 1, 2, 4, 1));
        float[] Biases(NetworkWeights? initial)
            => new LanguageModelTrainer(options).Train(Tokenizer.Whitespace, vocabulary, corpus, initial: initial).Result.Weights.OutputBias.Values;

        Assert.Equal(Math.Log(4 / 3.0), Biases(null)[2] - Biases(null)[1], 1e-6); // 3 and 2 times, and once more
        Assert.All(Biases(new NetworkWeights(options.ShapeFor(5))), bias => Assert.Equal(0, bias, 1e-6));
    }

    [Fact]
    public void A_ReLU_cell_begins_by_keeping_its_state()
    {
        var shape = Cases.Shape(CellKind.Relu, hidden: 5);
        var layer = WeightInitialization.Create(shape, 1).Layers[1];
        for (var row = 0; row < 5; row++)
            for (var column = 0; column < 5; column++) Assert.Equal(row == column ? 1 : 0, layer.Recurrent.Values[row * 5 + column]);
        Assert.All(layer.Bias.Values, value => Assert.Equal(0, value));
        AssertUniform(layer.Input, 1 / Math.Sqrt(5));
    }

    [Fact]
    public void The_weights_follow_from_the_seed()
    {
        var shape = Cases.Shape(CellKind.Lstm);
        var weights = WeightInitialization.Create(shape, 1);
        var again = WeightInitialization.Create(shape, 1);
        var other = WeightInitialization.Create(shape, 2);
        foreach (var (parameter, same) in weights.Parameters.Zip(again.Parameters)) Assert.Equal(parameter.Values, same.Values);
        Assert.NotEqual(weights.Embedding.Values, other.Embedding.Values);
        Assert.NotEqual(weights.Layers[0].Recurrent.Values, weights.Layers[1].Recurrent.Values);
    }

    private static void AssertUniform(NetworkParameter parameter, double range)
    {
        var values = parameter.Values;
        Assert.All(values, value => Assert.InRange(value, -range, range));
        var deviation = range / Math.Sqrt(3);
        Assert.InRange(values.Average(value => (double)value), -4 * deviation / Math.Sqrt(values.Length), 4 * deviation / Math.Sqrt(values.Length));
        if (values.Length >= 100) Assert.InRange(Math.Sqrt(values.Average(value => (double)value * value)), 0.8 * deviation, 1.2 * deviation);
    }
}
