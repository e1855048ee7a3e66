namespace RnnLm.Training.Tests.Continuation;

public class FollowingTests
{
    private static readonly string[] Lines = ["a b c d", "e f g h", "a b x y"];

    [Theory]
    [MemberData(nameof(Continued.EveryKind), MemberType = typeof(Continued))]
    public void What_is_not_set_follows_the_model(CellKind cell, bool tied, bool adaptive)
    {
        var initial = Continued.Model(cell, tied, adaptive);
        foreach (var newWords in new[] { null, new VocabularyOptions() })
        {
            var model = Continued.Trainer().Train(initial, Lines, newWords: newWords).Model;
            Assert.Equal(initial.Shape with { VocabularySize = newWords is null ? 10 : 12 }, model.Shape);
            Assert.Same(initial.Tokenizer, model.Tokenizer);
            Assert.Equal([.. initial.Vocabulary, .. newWords is null ? [] : new[] { "x", "y" }], model.Vocabulary);
        }
    }

    [Theory]
    [MemberData(nameof(Continued.EveryKind), MemberType = typeof(Continued))]
    public void What_is_set_as_it_is_in_the_model_is_right(CellKind cell, bool tied, bool adaptive)
    {
        var trainer = Continued.Trainer(options =>
        {
            (options.Cell, options.Layers, options.EmbeddingSize, options.HiddenSize, options.Tied) = (cell, 2, 5, 6, tied);
            options.Softmax = adaptive ? new AdaptiveSoftmax { Cutoffs = [4, 7], DivisionFactor = 2 } : new SampledSoftmax { Samples = 3 };
        });
        var model = trainer.Train(Continued.Model(cell, tied, adaptive), Lines).Model;
        Assert.Equal(adaptive ? "adaptive" : "sampled", model.Training.Options["softmax"]);
    }

    [Theory]
    [InlineData(CellKind.Lstm, false)]
    [InlineData(CellKind.Cifg, true)]
    public void A_projection_follows_the_model_and_is_learned_on(CellKind cell, bool tied)
    {
        var initial = Continued.Model(cell, tied, projection: 4);
        foreach (var given in new int?[] { null, 4 })
        {
            var model = Continued.Trainer(options => options.ProjectionSize = given).Train(initial, Lines, newWords: new VocabularyOptions()).Model;
            Assert.Equal(initial.Shape with { VocabularySize = 12 }, model.Shape);
            Assert.NotEqual(initial.Network.Weights.Layers[0].Projection!.Values, model.Network.Weights.Layers[0].Projection!.Values);
            Assert.Equal("4", model.Training.Options["projection_size"]);
        }
        var fault = Assert.Throws<TrainingOptionsException>(() => Continued.Trainer(options => options.ProjectionSize = 5).Train(initial, Lines));
        Assert.Equal(["ProjectionSize is 5; it must be 4, as in the initial model, or not be set."], fault.Faults);
    }

    [Fact]
    public void A_projection_is_not_given_to_a_model_that_has_none()
        => Assert.Equal(
            ["ProjectionSize is 4; it must be null, as in the initial model, or not be set."],
            Assert.Throws<TrainingOptionsException>(() => Continued.Trainer(options => options.ProjectionSize = 4).Train(Continued.Model(CellKind.Lstm), Lines)).Faults);

    public static TheoryData<string, bool, Action<TrainingOptions>> Differences => new()
    {
        { "Cell is lstm; it must be gru, as in the initial model, or not be set.", false, options => options.Cell = CellKind.Lstm },
        { "Layers is 1; it must be 2, as in the initial model, or not be set.", false, options => options.Layers = 1 },
        { "EmbeddingSize is 200; it must be 5, as in the initial model, or not be set.", false, options => options.EmbeddingSize = 200 },
        { "HiddenSize is 7; it must be 6, as in the initial model, or not be set.", false, options => options.HiddenSize = 7 },
        {
            "ForgetBias is 1; it must be left out where training goes on from a model, whose gates have learned theirs.", false,
            options => options.ForgetBias = 1
        },
        { "Tied is true; it must be false, as in the initial model, or not be set.", false, options => options.Tied = true },
        { "Softmax is adaptive; it must be full or sampled, as in the initial model, or not be set.", false, options => options.Softmax = new AdaptiveSoftmax() },
        { "Softmax is full; it must be adaptive, as in the initial model, or not be set.", true, options => options.Softmax = new FullSoftmax() },
        { "Softmax is sampled; it must be adaptive, as in the initial model, or not be set.", true, options => options.Softmax = new SampledSoftmax() },
        {
            "Softmax.Cutoffs is 4, 8; it must be 4, 7, as in the initial model, or not be set.", true,
            options => options.Softmax = new AdaptiveSoftmax { Cutoffs = [4, 8] }
        },
        {
            "Softmax.DivisionFactor is 4; it must be 2, as in the initial model, or not be set.", true,
            options => options.Softmax = new AdaptiveSoftmax { DivisionFactor = 4 }
        },
    };

    [Theory]
    [MemberData(nameof(Differences))]
    public void What_is_set_to_something_else_is_refused_by_name_before_any_text_is_read(string fault, bool adaptive, Action<TrainingOptions> change)
    {
        var unread = Enumerable.Range(0, 1).Select<int, string?>(_ => throw new InvalidOperationException("It was read."));
        var (trainer, initial) = (Continued.Trainer(change), Continued.Model(adaptive: adaptive));
        var words = new TokenStream([2, 3, 1], 1, 0, 0);
        foreach (var use in (Action[])[() => trainer.Train(initial, unread), () => trainer.Train(initial, initial.Vocabulary, words), () => trainer.CheckEngine(initial)])
            Assert.Equal([fault], Assert.Throws<TrainingOptionsException>(use).Faults);
    }

    [Fact]
    public void Every_difference_is_told_at_once()
    {
        var trainer = Continued.Trainer(options => (options.Layers, options.HiddenSize, options.Softmax) = (5, 9, new AdaptiveSoftmax()));
        var faults = Assert.Throws<TrainingOptionsException>(() => trainer.CheckEngine(Continued.Model())).Faults;
        Assert.Equal(["Layers", "HiddenSize", "Softmax"], faults.Select(fault => fault.Split(' ')[0]));
    }

    [Fact]
    public void Clusters_that_are_not_set_are_the_models_however_the_softmax_came_to_be_adaptive()
    {
        var initial = Continued.Model(adaptive: true);
        foreach (var softmax in (AdaptiveSoftmax[])[new(), new() { Cutoffs = [4, 7] }, new() { DivisionFactor = 2 }])
            Assert.Equal(Continued.Clusters, Continued.Trainer(options => options.Softmax = softmax).Train(initial, Lines).Model.Shape.AdaptiveSoftmax);
    }

    [Fact]
    public void The_options_of_the_caller_stay_as_they_are()
    {
        var options = Continued.Options();
        var trainer = new LanguageModelTrainer(options);
        Assert.Equal(CellKind.Gru, trainer.Train(Continued.Model(), Lines).Model.Shape.Cell);
        Assert.Equal(new TrainingOptions().ShapeFor(10), options.ShapeFor(10));
        Assert.Equal(CellKind.Relu, trainer.Train(Continued.Model(CellKind.Relu), Lines).Model.Shape.Cell);
    }

    [Fact]
    public void What_the_engine_cannot_honour_is_refused_before_any_text_is_read()
    {
        var unread = Enumerable.Range(0, 1).Select<int, string?>(_ => throw new InvalidOperationException("It was read."));
        var trainer = Continued.Trainer(engine: new FullSoftmaxEngine());
        trainer.CheckEngine();
        Assert.Throws<NotSupportedException>(() => trainer.Train(Continued.Model(adaptive: true), unread));
        Assert.Throws<NotSupportedException>(() => trainer.CheckEngine(Continued.Model(adaptive: true)));
    }

    private sealed class FullSoftmaxEngine : ITrainingEngine
    {
        public string Name => "full";

        public void Check(TrainingOptions options)
        {
            if (options.Softmax is not FullSoftmax) throw new NotSupportedException(options.Softmax.GetType().Name);
        }

        public ITrainingSession Start(NetworkWeights initial, TrainingOptions options, IReadOnlyList<long>? wordCounts = null) => throw new NotSupportedException();
    }
}
