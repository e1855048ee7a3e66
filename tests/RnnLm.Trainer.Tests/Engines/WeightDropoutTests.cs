using RnnLm.Numerics;

namespace RnnLm.Training.Tests.Engines;

/// <summary>Dropout of recurrent weights, held against a network whose recurrent matrices are the dropped ones to begin with.</summary>
public class WeightDropoutTests
{
    private const double Share = 0.5;

    public static TheoryData<CellKind, int, int, bool> Networks
    {
        get
        {
            var data = new TheoryData<CellKind, int, int, bool>();
            foreach (var cell in Enum.GetValues<CellKind>())
                foreach (var tied in new[] { true, false })
                    foreach (var (threads, batch) in ((int, int)[])[(1, 1), (1, 5), (2, 5), (2, 1)]) data.Add(cell, threads, batch, tied);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Every_window_is_computed_with_dropped_matrices_of_its_own(CellKind cell, int threads, int batch, bool tied)
    {
        var (shape, options) = Options(cell, threads, tied);
        var weights = Cases.Weights(shape);
        using var session = new ManagedEngine().Start(weights, options);
        var losses = new List<double>();
        for (var step = 0; step < 3; step++)
        {
            var window = Cases.Window(shape, batch, 6, seed: 1, fresh: true);
            var (gradients, expected) = (new NetworkWeights(shape), new NetworkWeights(shape));
            losses.Add(session.ComputeGradients(window, gradients).Loss);

            var dropped = Dropped(weights, step);
            using var other = new ManagedEngine().Start(dropped, Cases.Options(shape, threads: threads));
            Assert.Equal(other.ComputeGradients(window, expected).Loss, losses[^1]);
            foreach (var (layer, of) in expected.Layers.Index()) Mask(of.Recurrent.Matrix, of.Recurrent.Matrix, layer, step);
            foreach (var (mine, its) in gradients.Parameters.Zip(expected.Parameters)) Assert.Equal(its.Values, mine.Values);
        }
        Assert.Equal(3, losses.Distinct().Count());
    }

    [Theory]
    [InlineData(CellKind.Elman)]
    [InlineData(CellKind.Relu)]
    [InlineData(CellKind.Lstm)]
    [InlineData(CellKind.Gru)]
    public void The_update_changes_the_weights_that_are_kept_and_leaves_those_that_are_dropped_as_they_were(CellKind cell)
    {
        var (shape, options) = Options(cell, threads: 2, tied: false);
        var weights = Cases.Weights(shape);
        var (gradients, after) = (new NetworkWeights(shape), new NetworkWeights(shape));
        var window = Cases.Window(shape, 5, 6, seed: 1, fresh: true);
        using (var session = new ManagedEngine().Start(weights, options)) session.ComputeGradients(window, gradients);
        using (var session = new ManagedEngine().Start(weights, options))
        {
            session.Train(window, 0.5);
            session.ReadWeights(after);
        }
        var dropped = Dropped(weights, step: 0);
        for (var layer = 0; layer < shape.Layers; layer++)
        {
            var (before, now) = (weights.Layers[layer].Recurrent.Values, after.Layers[layer].Recurrent.Values);
            var (gradient, used) = (gradients.Layers[layer].Recurrent.Values, dropped.Layers[layer].Recurrent.Values);
            for (var i = 0; i < before.Length; i++) Assert.Equal(used[i] == 0 ? before[i] : before[i] - 0.5f * gradient[i], now[i], 1e-6f);
            Assert.InRange(used.Count(value => value == 0) / (double)used.Length, Share - 0.1, Share + 0.1);
        }
    }

    [Fact]
    public void The_share_asked_for_is_dropped_and_every_weight_keeps_its_mean()
    {
        var shape = Cases.Shape(CellKind.Lstm);
        var weights = Cases.Weights(shape);
        weights.Layers[1].Recurrent.Values.AsSpan().Fill(1);
        var sums = new float[weights.Layers[1].Recurrent.Values.Length];
        const int Windows = 4000;
        for (var step = 0; step < Windows; step++)
        {
            var dropped = Dropped(weights, step).Layers[1].Recurrent.Values;
            VectorFunctions.Add(dropped, sums, sums);
        }
        // Five standard deviations of the mean of one weight.
        Assert.All(sums, sum => Assert.InRange(sum / Windows, 1 - 5 / Math.Sqrt(Windows), 1 + 5 / Math.Sqrt(Windows)));
    }

    [Fact]
    public void Layers_have_masks_of_their_own()
    {
        var shape = Cases.Shape(CellKind.Lstm);
        var weights = Cases.Weights(shape);
        foreach (var layer in weights.Layers) layer.Recurrent.Values.AsSpan().Fill(1);
        var dropped = Dropped(weights, step: 0);
        Assert.NotEqual(dropped.Layers[0].Recurrent.Values, dropped.Layers[1].Recurrent.Values);
    }

    [Fact]
    public void Nothing_is_dropped_in_evaluation_nor_in_the_weights_that_are_read()
    {
        var (shape, options) = Options(CellKind.Lstm, threads: 2, tied: false);
        var stream = Cases.Stream(shape, 40);
        using var with = new ManagedEngine().Start(Cases.Weights(shape), options);
        using var without = new ManagedEngine().Start(Cases.Weights(shape), Cases.Options(shape));
        with.ComputeGradients(Cases.Window(shape, 5, 6, seed: 1, fresh: true), new NetworkWeights(shape));
        Assert.Equal(without.Evaluate(stream, default), with.Evaluate(stream, default));
        var read = new NetworkWeights(shape);
        with.ReadWeights(read);
        foreach (var (now, before) in read.Parameters.Zip(Cases.Weights(shape).Parameters)) Assert.Equal(before.Values, now.Values);
    }

    // Large enough that two threads share the hidden units of one stream.
    private static (NetworkShape Shape, TrainingOptions Options) Options(CellKind cell, int threads, bool tied)
    {
        var shape = Cases.Shape(cell, tied, embedding: 261, hidden: 261);
        var options = Cases.Options(shape, threads: threads);
        options.Regularization.WeightDropout = Share;
        return (shape, options);
    }

    private static NetworkWeights Dropped(NetworkWeights weights, long step)
    {
        var dropped = weights.Clone();
        foreach (var (layer, of) in weights.Layers.Index()) Mask(of.Recurrent.Matrix, dropped.Layers[layer].Recurrent.Matrix, layer, step);
        return dropped;
    }

    private static void Mask(MatrixView source, MatrixView destination, int layer, long step)
        => new DropoutMask(Share, seed: 1).Apply(source.Elements, destination.Elements, step, Places.WeightDropout - layer, firstIndex: 0);
}
