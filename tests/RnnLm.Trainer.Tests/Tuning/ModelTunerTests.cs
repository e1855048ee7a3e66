using RnnLm.Training.Tests.Adaptation;

namespace RnnLm.Training.Tests.Tuning;

/// <summary>What a model is found to predict better with.</summary>
public sealed class ModelTunerTests
{
    [Fact]
    public void It_tries_each_alone_and_all_together_and_gives_the_best()
    {
        var model = Streams.Model();
        var text = Streams.Repeated(model, 60, 8);
        var nGram = NGramTrainer.Train(model.Tokenizer, model.Vocabulary, Streams.Text(model, 500), new NGramOptions { Order = 2 });
        var trials = new List<TuningTrial>();
        var result = ModelTuner.Tune(model, text, new TuningOptions { NGram = nGram, Progress = new Told(trials.Add), Threads = 1 });
        Assert.True(result.IsComplete);
        Assert.Equal(Enum.GetValues<TuningKind>(), result.Perplexities.Keys.Order());
        AssertWorthItsCost(result);
        Assert.Equal(text.Count, result.Words);
        Assert.True(result.Perplexities[TuningKind.Dynamic] < result.Perplexities[TuningKind.Network]);
        Assert.Equal(model.Evaluate(text).Perplexity, result.Perplexities[TuningKind.Network], 1e-6);
        // The figure of the model that is given is the one that was told.
        var figure = result.Model.DynamicEvaluation is null ? result.Model.Evaluate(text) : DynamicEvaluator.Evaluate(result.Model, text, options: new EvaluationOptions { Threads = 1 });
        Assert.Equal(result.Perplexities[result.Best], figure.Perplexity, 1e-4 * figure.Perplexity);
        foreach (var kind in result.Perplexities)
        {
            Assert.Equal(kind.Value, trials.Where(trial => trial.Kind == kind.Key).Min(trial => trial.Perplexity));
            Assert.Equal(kind.Value, trials.Last(trial => trial.Kind == kind.Key && trial.IsBest).Perplexity);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void What_gains_next_to_nothing_is_not_added(int seed)
    {
        var model = Streams.Model();
        var text = Streams.Text(model, 200 + seed);
        var nGram = NGramTrainer.Train(model.Tokenizer, model.Vocabulary, Streams.Text(model, 50 * seed), new NGramOptions { Order = 2 });
        AssertWorthItsCost(ModelTuner.Tune(model, text, new TuningOptions { NGram = nGram, Threads = 1 }));
    }

    /// <summary>Asserts that nothing cheaper is within a two-thousandth of what was chosen, and nothing dearer better by more.</summary>
    private static void AssertWorthItsCost(TuningResult result)
    {
        var chosen = result.Perplexities[result.Best];
        foreach (var (kind, perplexity) in result.Perplexities)
        {
            if (kind < result.Best) Assert.True(chosen < perplexity * 0.9995, $"{kind}");
            if (kind > result.Best) Assert.True(perplexity >= chosen * 0.9995, $"{kind}");
        }
    }

    [Fact]
    public void Only_what_is_asked_for_is_tried_on_as_many_words_as_are_asked_for()
    {
        var model = Streams.Model().With(new NeuralCache { Size = 3 }).With(new DynamicEvaluation { LearningRate = 7 });
        var result = ModelTuner.Tune(model, Streams.Text(model, 300), new TuningOptions { Cache = false, Dynamic = false, Words = 50 });
        Assert.Equal([TuningKind.Network], result.Perplexities.Keys);
        Assert.Equal(50, result.Words);
        Assert.Null(result.Model.Cache);
        Assert.Null(result.Model.DynamicEvaluation);
    }

    [Fact]
    public void Cancelled_it_gives_the_best_until_then_and_before_anything_nothing()
    {
        var model = Streams.Model();
        var text = Streams.Repeated(model, 60, 8);
        using var source = new CancellationTokenSource();
        var options = new TuningOptions { CancellationToken = source.Token, Progress = new Told(trial => { if (trial.Kind == TuningKind.Dynamic) source.Cancel(); }) };
        var result = ModelTuner.Tune(model, text, options);
        Assert.False(result.IsComplete);
        Assert.True(result.Perplexities[result.Best] <= result.Perplexities[TuningKind.Dynamic]);
        Assert.DoesNotContain(TuningKind.Together, result.Perplexities.Keys);

        Assert.Throws<OperationCanceledException>(() => ModelTuner.Tune(model, text, new TuningOptions { CancellationToken = new CancellationToken(true) }));
    }

    [Fact]
    public void Without_any_time_it_measures_the_network_and_gives_it()
    {
        var model = Streams.Model();
        var result = ModelTuner.Tune(model, Streams.Text(model, 300), new TuningOptions { TimeLimit = TimeSpan.FromTicks(1) });
        Assert.False(result.IsComplete);
        Assert.Equal(TuningKind.Network, result.Best);
    }

    [Fact]
    public void An_ensemble_is_tuned_without_scales()
    {
        var model = LanguageModel.Ensemble([Streams.Model(), Streams.Model(CellKind.Gru)]);
        var result = ModelTuner.Tune(model, Streams.Repeated(model, 40, 8));
        Assert.Contains(TuningKind.Together, result.Perplexities.Keys);
        Assert.Equal(2, result.Model.Members.Count);
    }

    [Fact]
    public void Where_the_usual_rate_diverges_it_is_lowered()
    {
        var trials = new List<TuningTrial>();
        var result = ModelTuner.Tune(Steep(2), Streams.Repeated(Steep(2), 40, 8), new TuningOptions { Progress = new Told(trials.Add), Threads = 1 });
        Assert.Null(trials.First(trial => trial.Kind == TuningKind.Dynamic).Perplexity);
        Assert.True(result.IsComplete);
        Assert.True(result.Perplexities[TuningKind.Dynamic] < result.Perplexities[TuningKind.Network]);
        Assert.Contains(TuningKind.Together, result.Perplexities.Keys);
        Assert.All(result.Perplexities.Values, perplexity => Assert.True(double.IsFinite(perplexity)));
    }

    [Theory]
    [InlineData(3f)]
    [InlineData(6f)]
    public void A_network_whose_perplexity_is_not_finite_is_not_tuned(float scale)
        => Assert.Throws<NotFiniteNumberException>(() => ModelTuner.Tune(Steep(scale), Streams.Repeated(Steep(scale), 40, 8)));

    [Fact]
    public void A_walk_ends_where_it_gains_next_to_nothing()
    {
        var model = Streams.Model();
        var trials = new List<TuningTrial>();
        ModelTuner.Tune(model, Streams.Repeated(model, 60, 8), new TuningOptions { Progress = new Told(trials.Add), Threads = 1, Cache = false });
        double[] bests = [.. trials.Where(trial => trial.Kind == TuningKind.Dynamic && trial.IsBest).Select(trial => trial.Perplexity!.Value)];
        // At most the last step of each walk is a small one.
        Assert.InRange(bests.Zip(bests.Skip(1)).Count(pair => pair.Second > pair.First * (1 - 0.0005)), 0, 4);
        Assert.InRange(trials.Count, 5, 30);
    }

    [Fact]
    public void What_does_not_go_together_is_refused_before_anything_is_tried()
    {
        var model = Streams.Model();
        var text = Streams.Text(model, 50);
        var nobody = new Told(trial => Assert.Fail($"{trial} was tried."));
        var nGram = NGramTrainer.Train(model.Tokenizer, new Vocabulary(["<unk>", "<eos>", "other"]), ["other"], new NGramOptions { Order = 2 });
        Assert.Throws<ArgumentException>(() => ModelTuner.Tune(model, text, new TuningOptions { NGram = nGram, Progress = nobody }));
        Assert.Contains("GradientText", Assert.Throws<ArgumentOutOfRangeException>(
            () => ModelTuner.Tune(model, text, new TuningOptions { GradientText = text, Dynamic = false, Progress = nobody })).Message, StringComparison.Ordinal);
        Assert.Contains("an ensemble", Assert.Throws<ArgumentException>(
            () => ModelTuner.Tune(LanguageModel.Ensemble([model]), text, new TuningOptions { GradientText = text, Progress = nobody })).Message, StringComparison.Ordinal);
    }

    /// <summary>A model of rectified units that grow the longer it reads, the more so the greater its weights.</summary>
    private static LanguageModel Steep(float scale)
    {
        var model = Streams.Model(CellKind.Relu);
        var weights = model.Network.CopyWeights();
        foreach (var tensor in weights.Parameters)
            foreach (ref var value in tensor.Values.AsSpan()) value *= scale;
        // Of an ensemble no scales are measured, which would even out the gradients.
        return LanguageModel.Ensemble([new LanguageModel(model.Tokenizer, model.Vocabulary, weights)]);
    }

    [Fact]
    public void All_faults_are_told_at_once()
    {
        var model = Streams.Model();
        var fault = Assert.Throws<ArgumentOutOfRangeException>(
            () => ModelTuner.Tune(model, Streams.Text(model, 10), new TuningOptions { Words = 0, Threads = 0, TimeLimit = TimeSpan.Zero }));
        Assert.Contains("Words is 0", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Threads is 0", fault.Message, StringComparison.Ordinal);
        Assert.Contains("TimeLimit is 00:00:00", fault.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ModelTuner.Tune(model, Texts.Of()));
    }

    private sealed class Told(Action<TuningTrial> report) : IProgress<TuningTrial>
    {
        public void Report(TuningTrial value) => report(value);
    }
}
