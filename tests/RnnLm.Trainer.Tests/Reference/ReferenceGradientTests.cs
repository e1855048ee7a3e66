using RnnLm.Training.Tests.Engines;

namespace RnnLm.Training.Tests.Reference;

/// <summary>The reference itself, held to central finite differences of its loss.</summary>
public class ReferenceGradientTests
{
    public static TheoryData<CellKind, int, bool> Networks()
    {
        var data = new TheoryData<CellKind, int, bool>();
        foreach (var cell in Enum.GetValues<CellKind>())
            foreach (var layers in new[] { 1, 2 })
                foreach (var tied in new[] { false, true }) data.Add(cell, layers, tied);
        return data;
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Every_gradient_of_the_reference_is_the_slope_of_its_loss(CellKind cell, int layers, bool tied)
        => AssertGradientsAreSlopes(Cases.Shape(cell, tied, layers, vocabulary: 6, embedding: 3, hidden: 4));

    [Theory]
    [InlineData(CellKind.Lstm, 1, false)]
    [InlineData(CellKind.Lstm, 2, true)]
    [InlineData(CellKind.Cifg, 1, true)]
    [InlineData(CellKind.Cifg, 2, false)]
    public void Every_gradient_of_the_reference_with_a_projection_is_the_slope_of_its_loss(CellKind cell, int layers, bool tied)
        => AssertGradientsAreSlopes(Cases.Shape(cell, tied, layers, vocabulary: 6, embedding: 3, hidden: 5, projection: tied && layers == 1 ? 3 : 2));

    [Theory]
    [InlineData(2.0, 5)]
    [InlineData(1.0, 2, 3, 8)]
    public void Every_gradient_of_the_reference_with_an_adaptive_softmax_is_the_slope_of_its_loss(double divisionFactor, params int[] cutoffs)
    {
        var shape = Cases.Shape(CellKind.Lstm, layers: 1, vocabulary: 11, embedding: 3, hidden: 4);
        AssertGradientsAreSlopes(shape with { AdaptiveSoftmax = new AdaptiveSoftmaxShape(cutoffs, divisionFactor) });
    }

    private static void AssertGradientsAreSlopes(NetworkShape shape)
    {
        var weights = new ReferenceWeights(Cases.Weights(shape));
        var dropout = new Random(3);
        var masks = Enumerable.Range(0, 1000).Select(_ => dropout.Next(4) == 0 ? 0 : 4 / 3.0).ToArray();
        var network = new ReferenceNetwork(weights) { DropoutFactor = (place, index) => masks[place * 100 + index] };
        var before = Cases.Window(shape, 2, 3, seed: 1, fresh: true);
        var window = Cases.Window(shape, 2, 5, seed: 2, padded: true, resets: true);
        Assert.Contains(true, window.Resets[2..].ToArray());

        // The state that a window before leaves is carried; it is cut off from the gradient, so it stays as it is.
        ReferenceState Carried()
        {
            var state = new ReferenceState(shape, 2);
            new ReferenceNetwork(new ReferenceWeights(Cases.Weights(shape))).Run(before, state);
            return state;
        }

        var gradients = new ReferenceWeights(shape);
        network.Run(window, Carried(), gradients);

        const double Step = 1e-5;
        foreach (var (name, values) in weights.Tensors)
        {
            for (var i = 0; i < values.Length; i++)
            {
                var value = values[i];
                values[i] = value + Step;
                var above = network.Run(window, Carried());
                values[i] = value - Step;
                var below = network.Run(window, Carried());
                values[i] = value;
                var slope = (above - below) / (2 * Step) / window.TargetCount;
                Assert.True(Math.Abs(slope - gradients[name][i]) < 1e-8, $"{name}[{i}]: slope {slope}, gradient {gradients[name][i]}");
            }
        }
    }
}
