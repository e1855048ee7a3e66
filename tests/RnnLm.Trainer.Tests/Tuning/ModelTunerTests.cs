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
        Assert.Equal(result.Perplexities.Values.Min(), result.Perplexities[result.Best]);
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
