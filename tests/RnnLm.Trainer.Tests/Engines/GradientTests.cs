using RnnLm.Training.Tests.Reference;

namespace RnnLm.Training.Tests.Engines;

/// <summary>The managed engine's losses and gradients, held to the reference in double precision.</summary>
public class GradientTests
{
    public static TheoryData<CellKind, int, bool, bool> Networks()
    {
        var data = new TheoryData<CellKind, int, bool, bool>();
        foreach (var cell in Enum.GetValues<CellKind>())
            foreach (var layers in new[] { 1, 2, 3 })
                foreach (var tied in new[] { false, true })
                    foreach (var dropout in new[] { false, true }) data.Add(cell, layers, tied, dropout);
        return data;
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Losses_and_gradients_are_those_of_the_reference_over_windows_with_carried_state(
        CellKind cell, int layers, bool tied, bool dropout)
    {
        var shape = Cases.Shape(cell, tied, layers);
        var options = Cases.Options(shape, dropout ? 0.3 : 0);
        Window[] windows =
        [
            Cases.Window(shape, 5, 7, seed: 1, fresh: true),
            Cases.Window(shape, 5, 9, seed: 2),
            Cases.Window(shape, 5, 4, seed: 3, padded: true),
            Cases.Window(shape, 5, 8, seed: 4, padded: true, resets: true),
            Cases.Window(shape, 3, 50, seed: 4, fresh: true, padded: true),
            Cases.Window(shape, 3, 1, seed: 5),
            Cases.Window(shape, 3, 9, seed: 6, fresh: true, resets: true),
            Cases.Window(shape, 3, 2, seed: 7),
        ];
        AssertLikeReference(shape, options, windows);
    }

    [Theory]
    [InlineData(CellKind.Lstm, false)]
    [InlineData(CellKind.Gru, true)]
    [InlineData(CellKind.Cifg, true)]
    public void Vector_widths_and_tiles_of_the_vocabulary_make_no_difference(CellKind cell, bool tied)
    {
        // 1,000 words are several tiles for each thread; 6 * 45 positions are several chunks of the output layer.
        var shape = Cases.Shape(cell, tied, layers: 2, vocabulary: 1000, embedding: 48, hidden: 64);
        AssertLikeReference(shape, Cases.Options(shape, 0.2, threads: 3), [Cases.Window(shape, 6, 45, seed: 1, fresh: true)]);
    }

    public static TheoryData<CellKind, int, bool, bool> ProjectedNetworks()
    {
        var data = new TheoryData<CellKind, int, bool, bool>();
        foreach (var cell in new[] { CellKind.Lstm, CellKind.Cifg })
            foreach (var layers in new[] { 1, 2, 3 })
                foreach (var tied in new[] { false, true })
                    foreach (var dropout in new[] { false, true }) data.Add(cell, layers, tied, dropout);
        return data;
    }

    [Theory]
    [MemberData(nameof(ProjectedNetworks))]
    public void With_a_projection_losses_and_gradients_are_those_of_the_reference(CellKind cell, int layers, bool tied, bool dropout)
    {
        // Tied, the last layer projects to 11 and the others to 7.
        var shape = Cases.Shape(cell, tied, layers, projection: tied && layers == 1 ? 11 : 7);
        foreach (var threads in new[] { 1, 2 })
        {
            AssertLikeReference(
                shape, Cases.Options(shape, dropout ? 0.3 : 0, threads),
                [
                    Cases.Window(shape, 5, 7, seed: 1, fresh: true), Cases.Window(shape, 5, 9, seed: 2),
                    Cases.Window(shape, 5, 8, seed: 4, padded: true, resets: true), Cases.Window(shape, 3, 30, seed: 4, fresh: true, padded: true),
                    Cases.Window(shape, 1, 9, seed: 6, fresh: true, resets: true), Cases.Window(shape, 1, 2, seed: 7),
                ]);
        }
    }

    [Theory]
    [InlineData(CellKind.Lstm, 1, 2, 150)]
    [InlineData(CellKind.Cifg, 1, 3, 200)]
    [InlineData(CellKind.Cifg, 2, 8, 200)]
    public void Units_and_their_projection_divided_among_threads_make_no_difference(CellKind cell, int streams, int threads, int hidden)
    {
        // Fewer values of the projection than threads have panels: some have no part in it.
        var shape = Cases.Shape(cell, embedding: 23, hidden: hidden, projection: 140);
        AssertLikeReference(
            shape, Cases.Options(shape, 0.2, threads),
            [
                Cases.Window(shape, streams, 6, seed: 1, fresh: true), Cases.Window(shape, streams, 4, seed: 2),
                Cases.Window(shape, streams, 9, seed: 3, resets: true), Cases.Window(shape, streams, 2, seed: 4),
            ]);
    }

    [Fact]
    public void With_a_projection_the_number_of_threads_and_of_units_that_each_takes_make_no_difference()
    {
        var shape = Cases.Shape(CellKind.Cifg, embedding: 23, hidden: 200, projection: 140);
        float[] Gradients(int threads)
        {
            using var session = new ManagedEngine().Start(Cases.Weights(shape), Cases.Options(shape, threads: threads));
            var gradients = new NetworkWeights(shape);
            foreach (var seed in (int[])[1, 2]) session.ComputeGradients(Cases.Window(shape, 1, 9, seed, resets: true), gradients);
            return [.. gradients.Layers.SelectMany(layer => layer.Parameters).SelectMany(parameter => parameter.Values)];
        }
        var one = Gradients(threads: 1);
        foreach (var threads in (int[])[2, 5])
        {
            Assert.Equal(Gradients(threads), Gradients(threads));
            foreach (var (expected, actual) in one.Zip(Gradients(threads))) Assert.Equal(expected, actual, 1e-6);
        }
    }

    [Fact]
    public void Words_far_likelier_than_all_before_them_make_no_difference()
    {
        // The references of the output layer's powers are raised in the third and in the eighth tile, far beyond what a float can hold.
        var shape = Cases.Shape(CellKind.Lstm, vocabulary: 1000);
        var weights = Cases.Weights(shape);
        weights.OutputBias.Values[250] = 40;
        weights.OutputBias.Values[930] = 150;
        weights.OutputBias.Values[931] = 151;
        var options = Cases.Options(shape, threads: 1);
        AssertLikeReference(weights, options, [Cases.Window(shape, 6, 45, seed: 1, fresh: true), Cases.Window(shape, 6, 2, seed: 2)]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void One_stream_and_more_threads_than_streams_make_no_difference(int threads)
    {
        var shape = Cases.Shape(CellKind.Lstm);
        AssertLikeReference(
            shape, Cases.Options(shape, threads: threads),
            [
                Cases.Window(shape, 1, 12, seed: 1, fresh: true), Cases.Window(shape, 1, 3, seed: 2),
                Cases.Window(shape, 1, 12, seed: 3, resets: true), Cases.Window(shape, 1, 3, seed: 4),
            ]);
    }

    [Theory]
    [InlineData(CellKind.Elman, 1, 2)]
    [InlineData(CellKind.Relu, 1, 3)]
    [InlineData(CellKind.Lstm, 1, 2)]
    [InlineData(CellKind.Lstm, 2, 8)]
    [InlineData(CellKind.Gru, 1, 2)]
    [InlineData(CellKind.Cifg, 1, 2)]
    public void Hidden_units_divided_among_threads_make_no_difference(CellKind cell, int streams, int threads)
    {
        // The units are so many that a step is worth sharing; eight threads are more than there are panels.
        var shape = Cases.Shape(cell, embedding: 23, hidden: cell is CellKind.Elman or CellKind.Relu ? 270 : 150);
        AssertLikeReference(
            shape, Cases.Options(shape, 0.2, threads),
            [
                Cases.Window(shape, streams, 6, seed: 1, fresh: true), Cases.Window(shape, streams, 4, seed: 2),
                Cases.Window(shape, streams, 9, seed: 3, resets: true), Cases.Window(shape, streams, 2, seed: 4),
            ]);
    }

    [Theory]
    [InlineData(CellKind.Elman, 1)]
    [InlineData(CellKind.Relu, 1)]
    [InlineData(CellKind.Lstm, 1)]
    [InlineData(CellKind.Lstm, 2)]
    [InlineData(CellKind.Gru, 1)]
    [InlineData(CellKind.Cifg, 1)]
    [InlineData(CellKind.Gru, 2)]
    [InlineData(CellKind.Cifg, 2)]
    public void A_window_with_resets_has_the_losses_and_gradients_of_its_texts_read_each_alone(CellKind cell, int layers)
        => AssertResetsPartTexts(Cases.Shape(cell, layers: layers));

    [Theory]
    [InlineData(CellKind.Lstm, 2)]
    [InlineData(CellKind.Cifg, 1)]
    public void So_it_has_with_a_projection(CellKind cell, int layers) => AssertResetsPartTexts(Cases.Shape(cell, layers: layers, projection: 7));

    private static void AssertResetsPartTexts(NetworkShape shape)
    {
        var weights = Cases.Weights(shape);
        int[] starts = [0, 1, 5, 6, 11];
        var whole = Cases.Window(shape, 1, 12, seed: 1);
        foreach (var start in starts) whole.Resets[start] = true;
        var gradients = new NetworkWeights(shape);
        using var session = new ManagedEngine().Start(weights, Cases.Options(shape));
        session.Train(Cases.Window(shape, 1, 4, seed: 2), 0); // a state that is not zero
        var loss = session.ComputeGradients(whole, gradients).Loss;

        var lossAlone = 0.0;
        var gradientsAlone = new ReferenceWeights(shape);
        foreach (var (start, end) in starts.Zip([.. starts.Skip(1), whole.Length]))
        {
            var text = new Window(1, end - start) { Length = end - start, TargetCount = end - start };
            whole.Inputs[start..end].CopyTo(text.Inputs);
            whole.Targets[start..end].CopyTo(text.Targets);
            using var alone = new ManagedEngine().Start(weights, Cases.Options(shape));
            var part = new NetworkWeights(shape);
            lossAlone += alone.ComputeGradients(text, part).Loss;
            foreach (var parameter in part.Parameters)
            {
                // The gradients are those of the mean over the window's targets.
                var sums = gradientsAlone[parameter.Name];
                for (var i = 0; i < sums.Length; i++) sums[i] += parameter.Values[i] * (double)text.Length / whole.Length;
            }
        }
        Assert.Equal(lossAlone, loss, lossAlone * 1e-6);
        foreach (var parameter in gradients.Parameters)
        {
            var expected = gradientsAlone[parameter.Name];
            var scale = expected.Max(Math.Abs);
            for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], parameter.Values[i], scale * 1e-5);
        }
    }

    [Fact]
    public void The_number_of_threads_makes_no_difference_to_a_window_with_resets()
    {
        var shape = Cases.Shape(CellKind.Lstm);
        float[] Gradients(int threads)
        {
            using var session = new ManagedEngine().Start(Cases.Weights(shape), Cases.Options(shape, threads: threads));
            var gradients = new NetworkWeights(shape);
            foreach (var seed in (int[])[1, 2]) session.ComputeGradients(Cases.Window(shape, 6, 9, seed, resets: true), gradients);
            return [.. gradients.Layers.SelectMany(layer => layer.Parameters).SelectMany(parameter => parameter.Values)];
        }
        var one = Gradients(threads: 1);
        foreach (var threads in (int[])[2, 5])
        {
            foreach (var (expected, actual) in one.Zip(Gradients(threads))) Assert.Equal(expected, actual, 1e-6);
        }
    }

    [Fact]
    public void A_window_without_targets_has_no_loss_and_no_gradient_but_moves_the_state_on()
    {
        var shape = Cases.Shape(CellKind.Lstm);
        var weights = Cases.Weights(shape);
        using var session = new ManagedEngine().Start(weights, Cases.Options(shape));
        var silent = Cases.Window(shape, 2, 3, seed: 1, fresh: true);
        silent.Targets.Fill(Window.Padding);
        silent.TargetCount = 0;
        var gradients = Cases.Weights(shape);

        Assert.Equal(new WindowResult(0, 0), session.ComputeGradients(silent, gradients));
        Assert.All(gradients.Parameters, parameter => Assert.All(parameter.Values, value => Assert.Equal(0, value)));

        var next = Cases.Window(shape, 2, 3, seed: 2);
        var state = new ReferenceState(shape, 2);
        var reference = new ReferenceNetwork(new ReferenceWeights(weights));
        reference.Run(silent, state);
        Assert.Equal(reference.Run(next, state), session.ComputeGradients(next, gradients).Loss, 1e-3);
    }

    [Fact]
    public void A_word_outside_the_vocabulary_is_refused_with_its_place()
    {
        var shape = Cases.Shape(CellKind.Elman);
        using var session = new ManagedEngine().Start(Cases.Weights(shape), Cases.Options(shape));
        var window = Cases.Window(shape, 2, 3, seed: 1, fresh: true);
        window.Targets[4] = 53;
        var error = Assert.Throws<ArgumentException>(() => session.Train(window, 1));
        Assert.Contains("target at position 4", error.Message);
        Assert.Contains("0 to 52", error.Message);
    }

    [Fact]
    public void The_number_of_streams_changes_only_where_a_window_starts_fresh()
    {
        var shape = Cases.Shape(CellKind.Elman);
        using var session = new ManagedEngine().Start(Cases.Weights(shape), Cases.Options(shape));
        session.Train(Cases.Window(shape, 2, 3, seed: 1, fresh: true), 1);
        Assert.Throws<ArgumentException>(() => session.Train(Cases.Window(shape, 3, 3, seed: 1), 1));
        Assert.True(session.Train(Cases.Window(shape, 3, 3, seed: 1, fresh: true), 1).IsFinite);
    }

    /// <summary>Holds the losses and gradients of a session to those of the reference.</summary>
    /// <param name="shape">The network.</param>
    /// <param name="options">The options.</param>
    /// <param name="windows">What is read, window after window.</param>
    /// <param name="sample">The sample of each step of a sampled softmax.</param>
    internal static void AssertLikeReference(
        NetworkShape shape, TrainingOptions options, Window[] windows, Func<int, ReferenceSample>? sample = null)
        => AssertLikeReference(Cases.Weights(shape), options, windows, sample);

    private static void AssertLikeReference(
        NetworkWeights weights, TrainingOptions options, Window[] windows, Func<int, ReferenceSample>? sample = null)
    {
        var shape = weights.Shape;
        using var session = new ManagedEngine().Start(weights, options);
        var gradients = new NetworkWeights(shape);
        var state = new ReferenceState(shape, 0);
        for (var step = 0; step < windows.Length; step++)
        {
            var window = windows[step];
            if (window.StartsFresh) state = new ReferenceState(shape, window.BatchSize);
            var reference = new ReferenceNetwork(new ReferenceWeights(weights))
            {
                DropoutFactor = options.Dropout == 0 ? null : Factors.Of(options, step),
                Output = sample is null ? ReferenceOutput.Of(shape) : new ReferenceSoftmax(sample(step)),
            };
            var expected = new ReferenceWeights(new NetworkWeights(shape));
            var expectedLoss = reference.Run(window, state, expected);

            var result = session.ComputeGradients(window, gradients);

            Assert.Equal(expectedLoss, result.Loss, Math.Abs(expectedLoss) * 2e-6);
            var expectedNorm = Math.Sqrt(expected.Tensors.Sum(tensor => tensor.Value.Sum(value => value * value)));
            Assert.Equal(expectedNorm, result.GradientNorm, expectedNorm * 1e-5);
            foreach (var parameter in gradients.Parameters)
            {
                var values = expected[parameter.Name];
                var scale = values.Max(Math.Abs);
                for (var i = 0; i < values.Length; i++)
                {
                    // Terms that cancel, as all do in a cluster of one word, leave their rounding.
                    Assert.True(
                        Math.Abs(values[i] - parameter.Values[i]) <= (1e-5 * scale) + (1e-7 * expectedNorm),
                        $"step {step}, {parameter.Name}[{i}]: {parameter.Values[i]} instead of {values[i]}, the greatest being {scale}");
                }
            }
        }
    }
}
