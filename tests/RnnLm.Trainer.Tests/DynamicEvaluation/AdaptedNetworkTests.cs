using RnnLm.Numerics;
using RnnLm.Training.Tests.Engines;

namespace RnnLm.Training.Tests.Adaptation;

/// <summary>A network that learns from what it has predicted, held to the same in double precision and to what must hold of it.</summary>
public sealed class AdaptedNetworkTests
{
    private const double Exact = 2e-5;

    public static TheoryData<CellKind, bool, bool> Networks()
    {
        var data = new TheoryData<CellKind, bool, bool>();
        foreach (var cell in Enum.GetValues<CellKind>())
        {
            foreach (var tied in new[] { false, true })
            {
                data.Add(cell, tied, false);
                data.Add(cell, tied, true);
            }
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void It_learns_as_the_equations_say(CellKind cell, bool tied, bool scaled)
    {
        var model = Streams.Model(cell, tied);
        var settings = new DynamicEvaluation
        {
            LearningRate = scaled ? 0.01 : 0.3,
            Decay = 0.05,
            Window = 6,
            Epsilon = 0.02,
            Scales = scaled ? Streams.Scales(model) : null,
        };
        var ids = Cases.Stream(model.Shape, 75);
        using var workers = new Workers(2);
        var network = new AdaptedNetwork(model.Network.Weights, settings, workers, leastMass: 0);
        var (reader, losses) = (new WindowReader(ids, settings.Window), new List<double>());
        while (reader.Next())
        {
            losses.Add(network.Predict(reader.Window));
            network.Learn();
        }

        var expected = ReferenceAdaptation.Losses(model.Network.CopyWeights(), ids, settings);
        Assert.Equal(expected.Length, losses.Count);
        foreach (var (right, actual) in expected.Zip(losses)) Assert.Equal(right, actual, Exact * right);
        // What it learns matters: without learning the last windows are another thing.
        var unlearned = ReferenceAdaptation.Losses(model.Network.CopyWeights(), ids, settings with { LearningRate = 0 });
        Assert.True(Math.Abs(unlearned[^1] - expected[^1]) > 100 * Exact * expected[^1]);
    }

    [Fact]
    public void A_row_without_a_gradient_goes_back_to_its_trained_weights_in_time()
    {
        var (trained, weights) = (new NetworkParameter("m", 40, 3), new NetworkParameter("m", 40, 3));
        var gradient = new RowGradient(trained);
        var parameter = new AdaptedParameter(weights, trained, gradient, new DynamicEvaluation { LearningRate = 1, Decay = 0.01 }, null);
        Window(0, [7]);
        Assert.Equal(-1f, weights.Values[21]);
        for (var window = 1; window <= 50; window++)
        {
            Window(window, [8 + (window % 20)]);
            // What is put off is less than 16 windows' worth.
            Assert.InRange(-weights.Values[21], Math.Pow(0.99, window) - 1e-5, Math.Pow(0.99, Math.Max(0, window - 15)) + 1e-5);
        }
        parameter.CatchUp([7, 7], 51);
        Assert.Equal(-Math.Pow(0.99, 50), weights.Values[21], 1e-5);
        Assert.Equal(0, weights.Values[3 * 39]);

        parameter.Forget();
        Assert.All(weights.Values, value => Assert.Equal(0, value));

        void Window(int number, int[] words)
        {
            gradient.Begin(words);
            gradient.AddRows(words, new MatrixView([1, 1, 1], 1, 3), 0, 1);
            parameter.Begin();
            parameter.Move(number, 0, 1);
        }
    }

    [Fact]
    public void A_word_that_was_hardly_expected_and_did_not_come_has_no_gradient()
    {
        var model = Streams.Model();
        using var workers = new Workers(1);
        var network = new AdaptedNetwork(model.Network.Weights, new DynamicEvaluation(), workers, leastMass: 1e9);
        var reader = new WindowReader(new[] { 5, 6, 5, 7 }, 4);
        reader.Next();
        network.Predict(reader.Window);
        // Those that came, and those that were read: an end-of-line word first.
        Assert.Equal(4, network.Predicted.Selected);
    }

    [Fact]
    public void The_more_mass_is_left_out_the_less_exact_it_is_and_a_thousandth_is_next_to_nothing()
    {
        var model = Streams.Model(Cases.Shape(CellKind.Lstm, tied: true, vocabulary: 2000, embedding: 19, hidden: 19));
        var ids = Cases.Stream(model.Shape, 400);
        double Loss(double leastMass)
        {
            using var workers = new Workers(2);
            var network = new AdaptedNetwork(model.Network.Weights, new DynamicEvaluation { LearningRate = 1 }, workers, leastMass);
            var (reader, loss) = (new WindowReader(ids, 20), 0.0);
            while (reader.Next())
            {
                loss += network.Predict(reader.Window);
                network.Learn();
            }
            return loss / ids.Length;
        }
        var exact = Loss(0);
        Assert.Equal(exact, Loss(AdaptedNetwork.LeastMass), 0.01);
        Assert.True(Math.Abs(Loss(1e9) - exact) > Math.Abs(Loss(AdaptedNetwork.LeastMass) - exact));
    }
}
