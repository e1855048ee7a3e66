using RnnLm.Tests;
using RnnLm.Training.Tests.Reference;

namespace RnnLm.Training.Tests.Engines.Sampled;

public class SampledSoftmaxTests
{
    private static TrainingOptions Options(NetworkShape shape, int samples, double dropout = 0, int threads = 2)
    {
        var options = Cases.Options(shape, dropout, threads);
        options.Softmax = new SampledSoftmax { Samples = samples };
        return options;
    }

    private static ReferenceSample SampleOf(NetworkShape shape, TrainingOptions options, int step)
    {
        var sampler = NegativeSampler.Create(shape.VocabularySize, (SampledSoftmax)options.Softmax, options.Seed, wordCounts: null);
        sampler.Draw(step);
        return new ReferenceSample(new HashSet<int>(sampler.Words.ToArray()), sampler.LogExpectedCount);
    }

    [Theory]
    [InlineData(CellKind.Lstm, false, 1, 1)]
    [InlineData(CellKind.Lstm, true, 20, 1)]
    [InlineData(CellKind.Lstm, true, 7, 2)]
    [InlineData(CellKind.Gru, false, 20, 3)]
    [InlineData(CellKind.Cifg, false, 20, 3)]
    [InlineData(CellKind.Elman, true, 26, 4)]
    public void Losses_and_gradients_are_those_of_the_reference_with_the_same_sample(CellKind cell, bool tied, int samples, int threads)
    {
        var shape = Cases.Shape(cell, tied);
        var options = Options(shape, samples, dropout: 0.3, threads);
        Window[] windows =
        [
            Cases.Window(shape, 5, 7, seed: 1, fresh: true),
            Cases.Window(shape, 5, 9, seed: 2),
            Cases.Window(shape, 5, 4, seed: 3, padded: true),
            Cases.Window(shape, 3, 50, seed: 4, fresh: true, padded: true),
            Cases.Window(shape, 3, 1, seed: 5),
        ];
        GradientTests.AssertLikeReference(shape, options, windows, step => SampleOf(shape, options, step));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Vector_widths_and_blocks_of_positions_make_no_difference(bool tied)
    {
        // 6 * 45 positions are several blocks even for three threads.
        var shape = Cases.Shape(CellKind.Elman, tied, layers: 1, vocabulary: 1000, embedding: 48, hidden: 64);
        var options = Options(shape, 333, threads: 3);
        GradientTests.AssertLikeReference(shape, options, [Cases.Window(shape, 10, 90, seed: 1, fresh: true)], step => SampleOf(shape, options, step));
    }

    [Fact]
    public void A_window_of_more_logits_than_are_held_at_once_makes_no_difference()
    {
        // 300 positions of 20,000 words are two chunks of logits.
        var shape = Cases.Shape(CellKind.Elman, layers: 1, vocabulary: 40_000, embedding: 4, hidden: 4);
        var options = Options(shape, 20_000);
        GradientTests.AssertLikeReference(shape, options, [Cases.Window(shape, 10, 30, seed: 1, fresh: true)], step => SampleOf(shape, options, step));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void With_every_word_in_the_sample_it_is_the_full_softmax(bool tied)
    {
        var shape = Cases.Shape(CellKind.Lstm, tied);
        var window = Cases.Window(shape, 5, 9, seed: 2, fresh: true);
        var (expected, actual) = (new NetworkWeights(shape), new NetworkWeights(shape));
        using var full = new ManagedEngine().Start(Cases.Weights(shape), Cases.Options(shape));
        using var sampled = new ManagedEngine().Start(Cases.Weights(shape), Options(shape, shape.VocabularySize));
        var loss = full.ComputeGradients(window, expected).Loss;
        Assert.Equal(loss, sampled.ComputeGradients(window, actual).Loss, 1e-6 * loss);
        foreach (var (one, other) in expected.Parameters.Zip(actual.Parameters))
        {
            var scale = one.Values.Max(Math.Abs);
            Assert.All(one.Values.Zip(other.Values), pair => Assert.Equal(pair.First, pair.Second, 3e-6f * scale));
        }
    }

    [Fact]
    public void Evaluation_is_that_of_the_full_softmax_whatever_was_trained_before()
    {
        var shape = Cases.Shape(CellKind.Gru, vocabulary: 300);
        var stream = Cases.Stream(shape, 700);
        using var sampled = new ManagedEngine().Start(Cases.Weights(shape), Options(shape, 10));
        for (var step = 0; step < 3; step++)
        {
            var weights = new NetworkWeights(shape);
            sampled.ReadWeights(weights);
            using var full = new ManagedEngine().Start(weights, Cases.Options(shape));
            Assert.Equal(full.Evaluate(stream, default), sampled.Evaluate(stream, default));
            sampled.Train(Cases.Window(shape, 4, 6, seed: step, fresh: true), 1);
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_weights_bit_for_bit_and_another_seed_others()
    {
        var shape = Cases.Shape(CellKind.Lstm, tied: true, vocabulary: 300);
        float[] Train(int seed)
        {
            var options = Options(shape, 30, dropout: 0.3, threads: 3);
            options.Seed = seed;
            using var session = new ManagedEngine().Start(Cases.Weights(shape), options);
            for (var step = 0; step < 6; step++) session.Train(Cases.Window(shape, 5, 8, seed: step, fresh: step == 0), 0.1);
            var weights = new NetworkWeights(shape);
            session.ReadWeights(weights);
            return [.. weights.Parameters.SelectMany(parameter => parameter.Values)];
        }
        Assert.Equal(Train(1), Train(1));
        Assert.NotEqual(Train(1), Train(2));
    }

    [Fact]
    public void Samples_are_the_same_whatever_the_number_of_threads()
    {
        var shape = Cases.Shape(CellKind.Lstm, vocabulary: 300);
        var window = Cases.Window(shape, 5, 8, seed: 1, fresh: true);
        var losses = new[] { 1, 2, 5 }.Select(threads =>
        {
            using var session = new ManagedEngine().Start(Cases.Weights(shape), Options(shape, 30, threads: threads));
            session.ComputeGradients(window, new NetworkWeights(shape));
            return session.ComputeGradients(window, new NetworkWeights(shape)).Loss;
        }).ToArray();
        Assert.All(losses, loss => Assert.Equal(losses[0], loss, 1e-9 * losses[0]));
    }

    [Fact]
    public void Words_that_are_neither_read_nor_predicted_nor_sampled_keep_their_weights()
    {
        var shape = Cases.Shape(CellKind.Lstm, tied: true, vocabulary: 500);
        var options = Options(shape, 30);
        var window = Cases.Window(shape, 3, 5, seed: 1, fresh: true);
        var initial = Cases.Weights(shape);
        using var session = new ManagedEngine().Start(initial, options);
        session.Train(window, 1);
        var trained = new NetworkWeights(shape);
        session.ReadWeights(trained);
        var touched = SampleOf(shape, options, step: 0).Words.Union(window.Inputs.ToArray()).Union(window.Targets.ToArray()).ToHashSet();
        Assert.InRange(touched.Count, 31, 60);
        for (var word = 0; word < shape.VocabularySize; word++)
        {
            var range = (word * shape.EmbeddingSize)..((word + 1) * shape.EmbeddingSize);
            Assert.Equal(touched.Contains(word), !initial.Embedding.Values[range].SequenceEqual(trained.Embedding.Values[range]));
        }
    }

    [Theory]
    [InlineData(false, "sgd")]
    [InlineData(true, "sgd")]
    [InlineData(true, "adam")]
    public void After_the_first_windows_training_allocates_nothing(bool tied, string optimizer)
    {
        var shape = Cases.Shape(CellKind.Lstm, tied, vocabulary: 200);
        var options = Options(shape, 20, dropout: 0.2, threads: 1);
        options.Optimizer = Cases.Optimizer(optimizer);
        using var session = new ManagedEngine().Start(Cases.Weights(shape), options);
        var windows = Enumerable.Range(0, 5).Select(seed => Cases.Window(shape, 3, 8, seed, padded: seed % 2 == 0, fresh: true)).ToArray();
        void Work()
        {
            foreach (var window in windows) session.Train(window, 0.01);
        }

        foreach (var _ in Enumerable.Range(0, 5)) Work(); // rows are made room for as samples happen to need them
        session.Evaluate(Cases.Stream(shape, 700), default);
        Allocations.AssertNone(() =>
        {
            Work();
            Work();
        });
    }

    [Fact]
    public void Nothing_as_large_as_the_output_matrix_is_made_before_an_evaluation_asks_for_it()
    {
        var shape = Cases.Shape(CellKind.Elman, layers: 1, vocabulary: 50_000, embedding: 16, hidden: 16);
        var options = Options(shape, 100, threads: 1);
        var weights = Cases.Weights(shape);
        var before = GC.GetAllocatedBytesForCurrentThread();
        using var session = new ManagedEngine().Start(weights, options);
        session.Train(Cases.Window(shape, 4, 10, seed: 1, fresh: true), 0.1);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        var matrix = sizeof(float) * (long)shape.VocabularySize * shape.OutputSize;
        Assert.True(allocated < 3.5 * matrix, $"{allocated:N0} bytes; the two matrices that are copied have {2 * matrix:N0}.");
    }

    [Fact]
    public void A_bad_word_makes_the_loss_of_its_window_not_finite_and_changes_nothing()
    {
        var shape = Cases.Shape(CellKind.Lstm, vocabulary: 100);
        var initial = Cases.Weights(shape);
        var window = Cases.Window(shape, 2, 3, seed: 1, fresh: true);
        initial.OutputBias.Values[window.Targets[2]] = float.NaN;
        using var session = new ManagedEngine().Start(initial, Options(shape, 10));
        Assert.False(session.Train(window, 1).IsFinite);
        var weights = new NetworkWeights(shape);
        session.ReadWeights(weights);
        foreach (var (first, second) in initial.Parameters.Zip(weights.Parameters)) Assert.Equal(first.Values, second.Values);
    }

    [Fact]
    public void Words_are_drawn_as_often_as_they_occur_only_where_it_is_known_how_often_that_is()
    {
        var shape = Cases.Shape(CellKind.Elman);
        var options = Options(shape, 10);
        options.Softmax = new SampledSoftmax { Samples = 10, Sampler = SamplerKind.Unigram };
        ITrainingEngine engine = new ManagedEngine();
        Assert.Contains("LogUniform", Assert.Throws<ArgumentException>(() => engine.Start(Cases.Weights(shape), options)).Message);
        Assert.Contains("53", Assert.Throws<ArgumentException>(() => engine.Start(Cases.Weights(shape), options, new long[52])).Message);
        Assert.Throws<ArgumentException>(() => engine.Start(Cases.Weights(shape), options, [-1, .. new long[52]]));

        var counts = new long[53];
        (counts[30], counts[31]) = (1_000_000, 1_000_000);
        options.Softmax = new SampledSoftmax { Samples = 2, Sampler = SamplerKind.Unigram };
        using var session = engine.Start(Cases.Weights(shape), options, counts);
        var gradients = new NetworkWeights(shape);
        session.ComputeGradients(Cases.Window(shape, 1, 1, seed: 1, fresh: true), gradients);
        Assert.True(gradients.OutputBias.Values[30] > 0 && gradients.OutputBias.Values[31] > 0);
    }
}
