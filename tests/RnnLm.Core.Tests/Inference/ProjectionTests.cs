using RnnLm.Scoring;

namespace RnnLm.Tests.Inference;

/// <summary>Networks whose hidden states are projected, in single precision and in 8 bits.</summary>
public class ProjectionTests
{
    private const int Vocabulary = 37;

    public static TheoryData<CellKind, int, bool> Shapes
    {
        get
        {
            var shapes = new TheoryData<CellKind, int, bool>();
            foreach (var cell in new[] { CellKind.Lstm, CellKind.Cifg })
                foreach (var layers in new[] { 1, 2, 3 })
                    foreach (var tied in new[] { false, true }) shapes.Add(cell, layers, tied);
            return shapes;
        }
    }

    // Tied, the last layer projects to 19 and the others to 11.
    private static NetworkWeights Weights(CellKind cell, int layers, bool tied, int vocabulary = Vocabulary) => RandomModels.Weights(
        cell, vocabulary, embedding: 19, hidden: 35, layers, tied, projection: tied && layers == 1 ? 19 : 11, recurrentScale: 0.5f);

    [Theory]
    [MemberData(nameof(Shapes))]
    public void States_and_probabilities_are_those_of_the_equations_written_as_plain_loops(CellKind cell, int layers, bool tied)
    {
        var weights = Weights(cell, layers, tied);
        NetworkTests.AssertPlain(new Network(weights), weights, outputTolerance: 1e-5, probabilityTolerance: 1e-4);
        NetworkTests.AssertPlain(new Network(weights, greatestInputTable: 0), weights, outputTolerance: 1e-5, probabilityTolerance: 1e-4);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void In_8_bits_they_are_those_of_the_weights_that_the_integers_stand_for(CellKind cell, int layers, bool tied)
    {
        var network = new Network(Weights(cell, layers, tied)).Quantize();
        // A layer rounds what it projects, as it does what it reads.
        NetworkTests.AssertPlain(network, network.CopyWeights(), outputTolerance: 6e-4, probabilityTolerance: 2e-3);
        foreach (var (layer, exact) in network.CopyWeights().Layers.Zip(Weights(cell, layers, tied).Layers))
        {
            Assert.NotEqual(exact.Projection!.Values, layer.Projection!.Values);
            for (var i = 0; i < exact.Projection.Values.Length; i++) Assert.Equal(exact.Projection.Values[i], layer.Projection.Values[i], 0.004);
        }
    }

    [Theory]
    [InlineData(CellKind.Lstm, false)]
    [InlineData(CellKind.Cifg, false)]
    [InlineData(CellKind.Cifg, true)]
    public void Texts_read_together_have_the_bits_of_each_alone(CellKind cell, bool isQuantized)
    {
        var model = RandomModels.Model(cell, vocabulary: 60, embedding: 20, hidden: 40, layers: 2, tied: true, projection: 24);
        if (isQuantized) model = model.Quantize();
        string[] texts = [.. Enumerable.Range(0, 70).Select(i => string.Join(' ', RandomModels.Ids(1 + (i % 9), 58, seed: i).Select(id => $"w{id + 2}")))];
        foreach (var (text, score) in texts.Zip(model.ScoreMany(texts, batch: new BatchOptions { Threads = 2 })))
            Assert.Equal(model.Score(text).Words, score.Words);
        foreach (var (text, next) in texts.Zip(model.NextWordsMany(texts, batch: new BatchOptions { Threads = 2 }))) Assert.Equal(model.NextWords(text), next);
    }

    [Theory]
    [InlineData(CellKind.Lstm, false)]
    [InlineData(CellKind.Cifg, true)]
    public void An_evaluation_measures_what_is_served_word_by_word(CellKind cell, bool isQuantized)
    {
        var network = new Network(Weights(cell, layers: 2, tied: true, vocabulary: 1300));
        if (isQuantized) network = network.Quantize();
        var ids = RandomModels.Ids(300, 1300);
        var state = network.CreateState();
        var logProbabilities = new float[1300];
        var loss = 0.0;
        for (var i = 0; i < ids.Length; i++)
        {
            network.Step(i == 0 ? RnnLm.Vocabulary.EndOfLineId : ids[i - 1], state);
            network.LogProbabilities(state, logProbabilities);
            loss -= logProbabilities[ids[i]];
        }
        Assert.Equal(loss / ids.Length, StreamEvaluation.Measure(network, ids, EvaluationContext.OneStream, new EvaluationOptions()).CrossEntropy, 4e-6);
    }

    [Theory]
    [InlineData(CellKind.Lstm)]
    [InlineData(CellKind.Cifg)]
    public void Reading_and_predicting_allocate_nothing(CellKind cell)
    {
        var network = new Network(RandomModels.Weights(cell, vocabulary: 500, embedding: 40, hidden: 60, projection: 40, tied: true));
        NetworkTests.AssertAllocatesNothing(network);
        NetworkTests.AssertAllocatesNothing(network.Quantize());
    }

    [Fact]
    public void A_state_has_the_projections_size_and_a_memory_of_all_units()
    {
        var network = new Network(Weights(CellKind.Cifg, layers: 2, tied: true));
        var state = network.CreateState();
        network.Step(3, state);
        Assert.Equal([11, 19], [state.Hidden(0).Length, state.Hidden(1).Length]);
        Assert.Equal([35, 35], [state.Cell(0).Length, state.Cell(1).Length]);
        Assert.Equal(19, state.Output.Length);

        var copy = state.Clone();
        network.Step(4, state);
        network.Step(4, copy);
        Assert.Equal(state.Output.ToArray(), copy.Output.ToArray());
        copy.Clear();
        Assert.All(copy.Cell(1).ToArray(), value => Assert.Equal(0, value));
        // The same hidden state, another memory.
        var larger = new Network(RandomModels.Weights(CellKind.Cifg, Vocabulary, embedding: 19, hidden: 36, tied: true, projection: 11)).CreateState();
        Assert.Throws<ArgumentException>(() => network.Step(3, larger));
    }

    [Fact]
    public void Gboards_network_has_1_4_million_parameters()
    {
        var shape = new NetworkShape { Cell = CellKind.Cifg, VocabularySize = 10_000, EmbeddingSize = 96, HiddenSize = 670, ProjectionSize = 96, Layers = 1, Tied = true };
        Assert.Equal(10_000 * 96 + 10_000 + (3 * 670 * (96 + 96 + 1)) + (96 * 670), shape.ParameterCount);
        Assert.InRange(shape.ParameterCount, 1_400_000, 1_450_000);
        Assert.Equal("Cifg, 1 layer, embedding 96, hidden 670 projected to 96, tied, vocabulary 10,000", shape.ToString());
    }

    [Theory]
    [InlineData(CellKind.Lstm, 7, "The projection size is 7; it must be from 1 to below the hidden size, 7.")]
    [InlineData(CellKind.Cifg, 0, "The projection size is 0; it must be from 1 to below the hidden size, 7.")]
    [InlineData(CellKind.Cifg, -3, "The projection size is -3")]
    [InlineData(CellKind.Gru, 3, "The hidden state of gru cells cannot be projected; that of lstm, cifg can.")]
    [InlineData(CellKind.Elman, 3, "The hidden state of elman cells cannot be projected")]
    public void Projections_that_cannot_be_are_refused(CellKind cell, int projection, string reason)
        => Assert.Contains(reason, Assert.Throws<ArgumentException>(() => RandomModels.Weights(cell, projection: projection)).Message);

    [Fact]
    public void One_tied_layer_projects_to_the_embeddings_size_and_to_no_other()
    {
        Assert.Equal(5, RandomModels.Weights(CellKind.Lstm, layers: 1, tied: true, projection: 5).Shape.OutputSize);
        Assert.Contains(
            "The projection size is 3; it must be the embedding size, 5, where one layer is tied.",
            Assert.Throws<ArgumentException>(() => RandomModels.Weights(CellKind.Lstm, layers: 1, tied: true, projection: 3)).Message);
    }
}
