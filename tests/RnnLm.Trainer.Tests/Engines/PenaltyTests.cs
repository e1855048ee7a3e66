using RnnLm.Numerics;

namespace RnnLm.Training.Tests.Engines;

/// <summary>The penalties on what the last layer puts out (AR and TAR, Merity 2017), held against their definitions.</summary>
public class PenaltyTests
{
    public static TheoryData<CellKind, double, double, int> Penalties
    {
        get
        {
            var data = new TheoryData<CellKind, double, double, int>();
            foreach (var cell in Enum.GetValues<CellKind>())
                foreach (var threads in new[] { 1, 2 })
                    foreach (var (activation, temporal) in ((double, double)[])[(3, 0), (0, 5), (2, 1)]) data.Add(cell, activation, temporal, threads);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Penalties))]
    public void The_gradient_is_the_slope_of_the_loss_and_the_penalties(CellKind cell, double activation, double temporal, int threads)
    {
        var shape = Cases.Shape(cell);
        var options = Cases.Options(shape, dropout: 0.3, threads);
        (options.Regularization.ActivationPenalty, options.Regularization.TemporalActivationPenalty) = (activation, temporal);
        var window = Cases.Window(shape, 3, 8, seed: 1, fresh: true, padded: true, resets: true);
        var weights = Cases.Weights(shape);
        var gradients = new NetworkWeights(shape);
        using (var session = new ManagedEngine().Start(weights, options)) session.ComputeGradients(window, gradients);

        var step = cell == CellKind.Relu ? 5e-4 : 4e-3;
        foreach (var (index, gradient) in gradients.Parameters.Index())
        {
            var norm = Math.Sqrt(VectorFunctions.SumOfSquares(gradient.Values));
            var slope = (Penalized(index, step / norm) - Penalized(index, -step / norm)) / (2 * step);
            Assert.True(Math.Abs(norm - slope) < 1e-3 + norm * 5e-3, $"{gradient.Name}: the gradient's norm is {norm}, the slope {slope}.");
        }

        double Penalized(int parameter, double by)
        {
            var moved = weights.Clone();
            VectorFunctions.MultiplyAdd((float)by, gradients.Parameters.ElementAt(parameter).Values, moved.Parameters.ElementAt(parameter).Values);
            using var workers = new Workers(threads);
            var stack = ForwardPass.Of(moved, options, window, workers);
            var loss = stack.Loss.LossAndGradients(stack.Top.Output, stack.Window.Targets, stack.Top.OutputGradient) / window.TargetCount;
            return loss + activation * MeanSquare(stack) + temporal * MeanSquareOfChanges(stack, window);
        }
    }

    [Fact]
    public void The_loss_that_is_told_is_without_penalties()
    {
        var shape = Cases.Shape(CellKind.Lstm);
        var window = Cases.Window(shape, 3, 8, seed: 1, fresh: true);
        var with = Cases.Options(shape);
        (with.Regularization.ActivationPenalty, with.Regularization.TemporalActivationPenalty) = (2, 1);
        var one = Gradients(with, window);
        var other = Gradients(Cases.Options(shape), window);
        Assert.Equal(other.Loss, one.Loss);
        Assert.NotEqual(other.Norm, one.Norm);
    }

    [Fact]
    public void Words_that_are_no_targets_and_changes_across_resets_are_not_penalized()
    {
        // Every stream is reset before every step, or every other target is padding: there is no change that counts.
        var shape = Cases.Shape(CellKind.Gru);
        var reset = Cases.Window(shape, 3, 8, seed: 1, fresh: true);
        reset.Resets.Fill(true);
        var padded = Cases.Window(shape, 3, 8, seed: 1, fresh: true);
        for (var position = 0; position < padded.Targets.Length; position++)
            if (position / 3 % 2 == 0) padded.Targets[position] = Window.Padding;
        padded.TargetCount = 12;

        var with = Cases.Options(shape);
        with.Regularization.TemporalActivationPenalty = 100;
        foreach (var window in (Window[])[reset, padded]) Assert.Equal(Gradients(Cases.Options(shape), window), Gradients(with, window));
    }

    private static (double Loss, double Norm) Gradients(TrainingOptions options, Window window)
    {
        var shape = options.ShapeFor(Cases.Shape(options.Cell).VocabularySize);
        using var session = new ManagedEngine().Start(Cases.Weights(shape), options);
        var result = session.ComputeGradients(window, new NetworkWeights(shape));
        return (result.Loss, result.GradientNorm);
    }

    private static double MeanSquare(LayerStack stack)
    {
        var output = stack.Top.Output.RowRange(0, stack.Window.TargetCount);
        return VectorFunctions.SumOfSquares(output.Elements) / output.Elements.Length;
    }

    private static double MeanSquareOfChanges(LayerStack stack, Window window)
    {
        var states = stack.Layers.OfType<UnrolledLayer>().Last().States.HiddenAfter;
        var (sum, count) = (0.0, 0);
        for (var position = window.BatchSize; position < states.Rows; position++)
        {
            var before = position - window.BatchSize;
            if (window.Resets[position] || window.Targets[position] < 0 || window.Targets[before] < 0) continue;
            for (var unit = 0; unit < states.Columns; unit++, count++) sum += Math.Pow(states[position, unit] - states[before, unit], 2);
        }
        return sum / count;
    }
}
