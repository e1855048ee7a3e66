using RnnLm.Tests;
using RnnLm.Training.Tests.Reference;

namespace RnnLm.Training.Tests.Engines;

/// <summary>The managed engine with an adaptive softmax, held to the reference in double precision.</summary>
public class AdaptiveSoftmaxTests
{
    private static NetworkShape Shape(CellKind cell = CellKind.Lstm, double divisionFactor = 2, int vocabulary = 53, int hidden = 19, params int[] cutoffs)
        => Cases.Shape(cell, layers: 2, vocabulary: vocabulary, hidden: hidden) with
        {
            AdaptiveSoftmax = new AdaptiveSoftmaxShape(cutoffs.Length > 0 ? cutoffs : [7, 20, 45], divisionFactor),
        };

    [Theory]
    [InlineData(CellKind.Elman, 1)]
    [InlineData(CellKind.Lstm, 2)]
    [InlineData(CellKind.Gru, 3)]
    [InlineData(CellKind.Lstm, 4)]
    public void Losses_and_gradients_are_those_of_the_reference_over_windows_with_carried_state(CellKind cell, int threads)
    {
        var shape = Shape(cell);
        Window[] windows =
        [
            Cases.Window(shape, 5, 7, seed: 1, fresh: true),
            Cases.Window(shape, 5, 4, seed: 3, padded: true),
            Cases.Window(shape, 3, 50, seed: 4, fresh: true, padded: true),
            Cases.Window(shape, 3, 1, seed: 5),
        ];
        GradientTests.AssertLikeReference(shape, Cases.Options(shape, dropout: 0.2, threads), windows);
    }

    [Theory]
    [InlineData(4.0, 2)]
    [InlineData(1.0, 52)]
    [InlineData(100.0, 2, 3, 4, 51)]
    [InlineData(1.5, 30, 31)]
    public void Clusters_of_any_size_make_no_difference(double divisionFactor, params int[] cutoffs)
    {
        var shape = Shape(divisionFactor: divisionFactor, cutoffs: cutoffs);
        GradientTests.AssertLikeReference(shape, Cases.Options(shape), [Cases.Window(shape, 5, 9, seed: 1, fresh: true), Cases.Window(shape, 5, 9, seed: 2)]);
    }

    [Fact]
    public void Vector_widths_tiles_of_the_vocabulary_and_chunks_of_positions_make_no_difference()
    {
        var shape = Shape(vocabulary: 1500, hidden: 64, cutoffs: [400, 900]);
        GradientTests.AssertLikeReference(shape, Cases.Options(shape, 0.2, threads: 3), [Cases.Window(shape, 10, 90, seed: 1, fresh: true)]);
    }

    [Fact]
    public void A_cluster_without_a_target_in_the_window_has_no_gradient_whatever_there_was_before()
    {
        var shape = Shape();
        var silent = Cases.Window(shape, 5, 7, seed: 2);
        for (var i = 0; i < silent.Targets.Length; i++) silent.Targets[i] %= 20; // the head and the first cluster only
        GradientTests.AssertLikeReference(
            shape, Cases.Options(shape), [Cases.Window(shape, 5, 7, seed: 1, fresh: true), silent, Cases.Window(shape, 5, 7, seed: 3)]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void The_loss_of_a_stream_is_that_of_the_reference(int threads)
    {
        var shape = Shape(CellKind.Gru);
        var weights = Cases.Weights(shape);
        var stream = Cases.Stream(shape, 1300); // more than two blocks
        using var session = new ManagedEngine().Start(weights, Cases.Options(shape, threads: threads));

        var expected = new ReferenceNetwork(new ReferenceWeights(weights)).Evaluate(stream, Vocabulary.EndOfLineId);
        Assert.Equal(expected, session.Evaluate(stream, default), expected * 1e-6);
    }

    [Theory]
    [InlineData("sgd")]
    [InlineData("adam")]
    public void Every_weight_is_updated_and_the_loss_falls(string optimizer)
    {
        var shape = Shape();
        var options = Cases.Options(shape);
        options.Optimizer = Cases.Optimizer(optimizer);
        var before = WeightInitialization.Create(shape, seed: 1);
        using var session = new ManagedEngine().Start(before, options);
        var window = Cases.Window(shape, 5, 40, seed: 1, fresh: true);
        var rate = optimizer == "sgd" ? 0.5 : 0.01;
        var first = session.Train(window, rate).Loss;
        for (var step = 0; step < 30; step++) session.Train(window, rate);
        Assert.InRange(session.Train(window, rate).Loss, 0, 0.9 * first);

        var after = new NetworkWeights(shape);
        session.ReadWeights(after);
        foreach (var (tail, trained) in before.Tails.SelectMany(tail => tail.Parameters).Zip(after.Tails.SelectMany(tail => tail.Parameters)))
            Assert.DoesNotContain(tail.Values.Zip(trained.Values), pair => pair.First == pair.Second);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void After_the_first_windows_training_allocates_nothing(int threads)
    {
        var shape = Shape();
        using var session = new ManagedEngine().Start(Cases.Weights(shape), Cases.Options(shape, dropout: 0.2, threads: threads));
        // The first has few targets in every cluster but the first, the others have many.
        var windows = Enumerable.Range(0, 5).Select(seed => Cases.Window(shape, 3, 8, seed, padded: seed % 2 == 0, fresh: true)).ToArray();
        for (var i = 3; i < windows[0].Targets.Length; i++) windows[0].Targets[i] = 1;
        (windows[0].Targets[0], windows[0].Targets[1], windows[0].Targets[2], windows[0].TargetCount) = (8, 21, 50, windows[0].Targets.Length);
        session.Train(windows[0], 0.01);
        session.Evaluate(Cases.Stream(shape, 1500), default);

        Allocations.AssertNone(() =>
        {
            foreach (var window in windows) session.Train(window, 0.01);
        });
    }

    [Fact]
    public void The_same_seed_and_number_of_threads_give_the_same_weights()
    {
        var shape = Shape();
        NetworkWeights Train()
        {
            using var session = new ManagedEngine().Start(WeightInitialization.Create(shape, 3), Cases.Options(shape, dropout: 0.2, threads: 2));
            for (var step = 0; step < 5; step++) session.Train(Cases.Window(shape, 5, 7, seed: step, fresh: step == 0), 0.1);
            var weights = new NetworkWeights(shape);
            session.ReadWeights(weights);
            return weights;
        }
        foreach (var (one, other) in Train().Parameters.Zip(Train().Parameters)) Assert.Equal(one.Values, other.Values);
    }

    [Fact]
    public void A_text_is_learned_and_the_model_predicts_it()
    {
        string[] lines = [.. Enumerable.Repeat("a b c d e f g h i j k l m n o p q r s t u v w x y z", 40)];
        var options = new TrainingOptions
        {
            Layers = 1,
            EmbeddingSize = 16,
            HiddenSize = 32,
            Dropout = 0,
            BatchSize = 4,
            Window = 10,
            Epochs = 30,
            Optimizer = new Adam { LearningRate = 0.02 },
            Threads = 1,
            Softmax = new AdaptiveSoftmax { Cutoffs = [6, 14] },
        };
        var trained = new LanguageModelTrainer(options).Train(Tokenizer.Whitespace, lines, lines);
        Assert.InRange(trained.Result.BestValidationPerplexity!.Value, 1, 1.2);
        Assert.Equal("y", trained.Model.NextWord("a b c d e f g h i j k l m n o p q r s t u v w x"));
        Assert.Equal("6,14", trained.Model.Training.Options["adaptive_cutoffs"]);
        Assert.Equal("adaptive", trained.Model.Training.Options["softmax"]);
        Assert.Equal(new AdaptiveSoftmaxShape([6, 14]), trained.Model.Shape.AdaptiveSoftmax);
    }
}
