using System.Runtime.CompilerServices;

namespace RnnLm.Tests.Inference;

public class NetworkTests
{
    public static TheoryData<CellKind, int, bool> Shapes
    {
        get
        {
            var shapes = new TheoryData<CellKind, int, bool>();
            foreach (var cell in RandomModels.Cells)
                foreach (var layers in new[] { 1, 2, 3 })
                    foreach (var tied in new[] { false, true }) shapes.Add(cell, layers, tied);
            return shapes;
        }
    }

    [Fact]
    public void A_network_that_was_scored_with_is_let_go_with_its_model()
    {
        var network = Scored();
        for (var i = 0; i < 10 && network.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        Assert.False(network.IsAlive);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference Scored()
        {
            var model = RandomModels.Model(CellKind.Lstm);
            model.Score("w3 w4");
            return new WeakReference(model.Network);
        }
    }

    /// <summary>Fails unless states and probabilities are those of plain loops over the weights; tolerances grow with the greatest output.</summary>
    internal static void AssertPlain(Network network, NetworkWeights weights, double outputTolerance, double probabilityTolerance)
    {
        var plain = new PlainNetwork(weights, network.IsQuantized);
        var state = network.CreateState();
        var logProbabilities = new float[network.Shape.VocabularySize];
        foreach (var word in RandomModels.Ids(20, network.Shape.VocabularySize))
        {
            network.Step(word, state);
            plain.Step(word);
            network.LogProbabilities(state, logProbabilities);
            var scale = 1 + plain.Output.Max(Math.Abs);
            Assert.Equal(plain.Output.Length, state.Output.Length);
            for (var i = 0; i < plain.Output.Length; i++) Assert.Equal(plain.Output[i], state.Output[i], outputTolerance * scale);
            var expected = plain.LogProbabilities();
            for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], logProbabilities[i], probabilityTolerance * scale);
        }
    }

    /// <summary>Fails where reading words and predicting after each, in the way given too, allocates anything but the first time.</summary>
    internal static void AssertAllocatesNothing(Network network, Action<RecurrentState>? predict = null)
    {
        var state = network.CreateState();
        var logProbabilities = new float[network.Shape.VocabularySize];
        void Read(int first)
        {
            for (var word = first; word < first + 100; word++)
            {
                network.Step(word, state);
                network.LogProbabilities(state, logProbabilities);
                predict?.Invoke(state);
            }
        }
        Read(0);
        var first = 0;
        Allocations.AssertNone(() => Read(first += 50)); // half of them words not met before
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void States_and_probabilities_are_those_of_the_equations_written_as_plain_loops(CellKind cell, int layers, bool tied)
    {
        var weights = RandomModels.Weights(cell, vocabulary: 37, embedding: 19, hidden: 35, layers, tied, recurrentScale: 0.2f);
        AssertPlain(new Network(weights), weights, outputTolerance: 1e-5, probabilityTolerance: 1e-4);
    }

    [Fact]
    public void Probabilities_sum_to_one()
    {
        var network = new Network(RandomModels.Weights(CellKind.Lstm, vocabulary: 1000));
        var state = network.CreateState();
        network.Step(3, state);
        var logProbabilities = new float[1000];
        network.LogProbabilities(state, logProbabilities);
        Assert.Equal(1, logProbabilities.Sum(value => Math.Exp(value)), 1e-5);
    }

    [Theory]
    [InlineData(CellKind.Elman)]
    [InlineData(CellKind.Lstm)]
    [InlineData(CellKind.Gru)]
    [InlineData(CellKind.Cifg)]
    public void A_network_without_a_table_of_input_projections_gives_the_same_bits(CellKind cell)
    {
        var withTable = new Network(RandomModels.Weights(cell), Network.GreatestInputTable);
        var without = new Network(RandomModels.Weights(cell), greatestInputTable: 0);
        var (state, other) = (withTable.CreateState(), without.CreateState());
        // Words recur, so rows of the table are both worked out and read again.
        foreach (var word in RandomModels.Ids(60, 23))
        {
            withTable.Step(word, state);
            without.Step(word, other);
            Assert.Equal(other.Output.ToArray(), state.Output.ToArray());
        }
    }

    [Theory]
    [InlineData(CellKind.Elman)]
    [InlineData(CellKind.Relu)]
    [InlineData(CellKind.Lstm)]
    [InlineData(CellKind.Gru)]
    [InlineData(CellKind.Cifg)]
    public void Reading_and_predicting_allocate_nothing(CellKind cell)
        => AssertAllocatesNothing(new Network(RandomModels.Weights(cell, vocabulary: 500, embedding: 40, hidden: 60, recurrentScale: 0.1f)));

    [Fact]
    public void A_copied_state_goes_its_own_way()
    {
        var network = new Network(RandomModels.Weights(CellKind.Lstm));
        var state = network.CreateState();
        network.Step(4, state);
        var copy = state.Clone();
        var before = state.Output.ToArray();
        network.Step(5, copy);
        Assert.Equal(before, state.Output.ToArray());
        Assert.NotEqual(before, copy.Output.ToArray());

        state.CopyTo(copy);
        network.Step(6, state);
        network.Step(6, copy);
        Assert.Equal(state.Output.ToArray(), copy.Output.ToArray());
        Assert.Equal(state.Cell(0).ToArray(), copy.Cell(0).ToArray());
    }

    [Fact]
    public void A_cleared_state_is_like_a_new_one()
    {
        var network = new Network(RandomModels.Weights(CellKind.Lstm));
        var (used, fresh) = (network.CreateState(), network.CreateState());
        network.Step(4, used);
        used.Clear();
        network.Step(5, used);
        network.Step(5, fresh);
        Assert.Equal(fresh.Output.ToArray(), used.Output.ToArray());
    }

    [Fact]
    public void Changing_weights_after_a_network_was_made_of_them_does_not_change_the_network()
    {
        var weights = RandomModels.Weights(CellKind.Elman);
        var network = new Network(weights);
        weights.Embedding.Values.AsSpan().Clear();
        network.CopyWeights().OutputBias.Values.AsSpan().Clear();
        var (state, expected) = (network.CreateState(), new PlainNetwork(RandomModels.Weights(CellKind.Elman)));
        network.Step(4, state);
        expected.Step(4);
        var logProbabilities = new float[23];
        network.LogProbabilities(state, logProbabilities);
        for (var i = 0; i < logProbabilities.Length; i++) Assert.Equal(expected.LogProbabilities()[i], logProbabilities[i], 1e-4);
    }

    [Fact]
    public void A_word_that_does_not_exist_is_refused()
    {
        var network = new Network(RandomModels.Weights(CellKind.Elman));
        var fault = Assert.Throws<ArgumentOutOfRangeException>(() => network.Step(23, network.CreateState()));
        Assert.Contains("0 to 22", fault.Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => network.Step(-1, network.CreateState()));
    }

    [Theory]
    [InlineData(CellKind.Gru, 7, 2)]
    [InlineData(CellKind.Lstm, 8, 2)]
    [InlineData(CellKind.Lstm, 7, 1)]
    public void A_state_of_another_shape_is_refused(CellKind cell, int hidden, int layers)
    {
        var network = new Network(RandomModels.Weights(CellKind.Lstm));
        var foreign = new Network(RandomModels.Weights(cell, hidden: hidden, layers: layers)).CreateState();
        Assert.Throws<ArgumentException>(() => network.Step(3, foreign));
        Assert.Throws<ArgumentException>(() => network.LogProbabilities(foreign, new float[23]));
        Assert.Throws<ArgumentException>(() => network.CreateState().CopyTo(foreign));
    }

    [Fact]
    public void A_destination_of_another_length_than_the_vocabulary_is_refused()
    {
        var network = new Network(RandomModels.Weights(CellKind.Elman));
        var fault = Assert.Throws<ArgumentException>(() => network.LogProbabilities(network.CreateState(), new float[22]));
        Assert.Contains("22", fault.Message);
        Assert.Contains("23", fault.Message);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Weights_that_are_not_finite_are_refused_by_name_and_place(float value)
    {
        var weights = RandomModels.Weights(CellKind.Elman);
        weights.Layers[1].Recurrent.Values[11] = value;
        var fault = Assert.Throws<ArgumentException>(() => new Network(weights));
        Assert.Contains("layers.1.recurrent", fault.Message);
        Assert.Contains("11", fault.Message);
    }
}
