using RnnLm.Numerics;

namespace RnnLm.Training.Tests.Engines;

/// <summary>The gradient of a network that is regularized in some way is the slope of its loss under the masks of the step.</summary>
public class RegularizedGradientTests
{
    private static readonly Dictionary<string, Func<Regularization>> Kinds = new()
    {
        ["input"] = () => new() { InputDropout = 0.4 },
        ["hidden"] = () => new() { HiddenDropout = 0.4 },
        ["output"] = () => new() { OutputDropout = 0.4 },
        ["embedding"] = () => new() { EmbeddingDropout = 0.4 },
        ["weight"] = () => new() { WeightDropout = 0.4 },
        ["all"] = All,
    };

    public static TheoryData<CellKind, int, string> Regularized
    {
        get
        {
            var data = new TheoryData<CellKind, int, string>();
            foreach (var cell in Enum.GetValues<CellKind>())
                foreach (var threads in new[] { 1, 2 })
                    foreach (var kind in Kinds.Keys) data.Add(cell, threads, kind);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Regularized))]
    public void The_gradient_of_every_parameter_is_the_slope_of_the_loss_under_the_masks_of_the_step(CellKind cell, int threads, string kind)
        => AssertSlopes(Cases.Shape(cell), batch: 4, threads, Kinds[kind]());

    [Theory]
    [InlineData(CellKind.Lstm)]
    [InlineData(CellKind.Gru)]
    public void So_it_is_of_a_tied_matrix(CellKind cell) => AssertSlopes(Cases.Shape(cell, tied: true), batch: 4, threads: 2, All());

    [Theory]
    [InlineData(CellKind.Lstm)]
    [InlineData(CellKind.Gru)]
    public void So_it_is_where_threads_share_hidden_units(CellKind cell)
        => AssertSlopes(Cases.Shape(cell, hidden: 160, layers: 1), batch: 1, threads: 2, All());

    private static Regularization All() => new() { InputDropout = 0.4, HiddenDropout = 0.3, OutputDropout = 0.4, EmbeddingDropout = 0.2, WeightDropout = 0.5 };

    private static void AssertSlopes(NetworkShape shape, int batch, int threads, Regularization regularization)
    {
        var options = Cases.Options(shape, dropout: 0.1, threads);
        options.Regularization = regularization;
        var window = Cases.Window(shape, batch, 9, seed: 1, fresh: true, padded: true, resets: true);
        var weights = Cases.Weights(shape);
        var gradients = new NetworkWeights(shape);
        MeanLoss(weights, gradients);

        // A rectifier has kinks, that longer steps go across.
        var step = shape.Cell == CellKind.Relu ? 5e-4 : 4e-3;
        foreach (var (index, gradient) in gradients.Parameters.Index())
        {
            // Along the gradient the slope is the gradient's norm.
            var norm = Math.Sqrt(VectorFunctions.SumOfSquares(gradient.Values));
            var slope = (MeanLoss(Moved(index, step / norm), null) - MeanLoss(Moved(index, -step / norm), null)) / (2 * step);
            Assert.True(Math.Abs(norm - slope) < 5e-4 + norm * 5e-3, $"{gradient.Name}: the gradient's norm is {norm}, the slope {slope}.");
        }

        double MeanLoss(NetworkWeights at, NetworkWeights? receiver)
        {
            using var session = new ManagedEngine().Start(at, options);
            return session.ComputeGradients(window, receiver ?? new NetworkWeights(shape)).Loss / window.TargetCount;
        }

        NetworkWeights Moved(int parameter, double by)
        {
            var moved = weights.Clone();
            VectorFunctions.MultiplyAdd((float)by, gradients.Parameters.ElementAt(parameter).Values, moved.Parameters.ElementAt(parameter).Values);
            return moved;
        }
    }
}
