using RnnLm.Training.Tests.Checkpoints;

namespace RnnLm.Training.Tests.LearningRates;

public class FindLearningRateTests
{
    /// <summary>The loss of a word is what a parabola has at the logarithm of the learning rate: least at 0.1, where it is 1.</summary>
    private static ScriptedEngine Parabola(double width = 1)
    {
        ScriptedEngine engine = null!;
        engine = new ScriptedEngine { Step = _ => new WindowResult(LossAt(engine.LearningRates[^1]), 1) };
        return engine;

        double LossAt(double rate) => 1 + Math.Pow(Math.Log10(rate / 0.1) / width, 2);
    }

    private static LearningRateCurve Find(ITrainingEngine engine, LearningRateRange range, Action<TrainingOptions>? change = null)
        => new LanguageModelTrainer(SmallRun.Options(change), engine).FindLearningRate(SmallRun.Vocabulary, SmallRun.Corpus, range);

    [Fact]
    public void Rates_grow_by_a_constant_factor_until_the_loss_has_risen_again_by_half_of_what_it_fell()
    {
        var engine = Parabola();
        var curve = Find(engine, new LearningRateRange { Lowest = 1e-3, Highest = 1e3, Windows = 601 });
        Assert.Equal(engine.LearningRates, curve.Points.Select(point => point.LearningRate));
        Assert.Equal(1e-3, curve.Points[0].LearningRate, 1e-15);
        Assert.All(curve.Points.Zip(curve.Points.Skip(1)), pair => Assert.Equal(Math.Pow(10, 0.01), pair.Second.LearningRate / pair.First.LearningRate, 1e-9));
        Assert.True(curve.HasDiverged);
        // From 5 it falls to 1, and so has diverged at 3: a rate of 0.1 times 10^√2, and what smoothing lags behind, some twenty windows.
        Assert.InRange(Math.Log10(curve.Points[^1].LearningRate), -1 + Math.Sqrt(2), -1 + Math.Sqrt(2) + 0.4);
        Assert.InRange(Math.Log10(curve.Least.LearningRate), -1, -0.6);
        Assert.InRange(curve.StartLoss, 4.5, 5);
        // A parabola is the steeper the farther one is from its lowest point: at the left end, once the loss is smooth.
        Assert.InRange(Math.Log10(curve.Suggestion!.Value), -2.9, -2.2);
        Assert.Equal(1, engine.Disposals);
    }

    [Fact]
    public void A_range_that_ends_too_early_or_begins_too_late_suggests_nothing()
    {
        var early = Find(Parabola(), new LearningRateRange { Lowest = 1e-3, Highest = 0.1, Windows = 200 });
        Assert.Equal((false, 200), (early.HasDiverged, early.Points.Count));
        Assert.Null(early.Suggestion);
        var late = Find(Parabola(width: 0.5), new LearningRateRange { Lowest = 0.2, Highest = 1000, Windows = 200 });
        Assert.True(late.HasDiverged);
        Assert.Null(late.Suggestion);
    }

    [Fact]
    public void A_loss_that_is_not_finite_ends_it()
    {
        var engine = new ScriptedEngine { Step = step => new WindowResult(step < 40 ? 5 - 0.1 * step : double.NaN, 1) };
        var curve = Find(engine, new LearningRateRange { Lowest = 0.01, Highest = 1 });
        Assert.Equal((true, 39), (curve.HasDiverged, curve.Points.Count));
        Assert.NotNull(curve.Suggestion);
        Assert.Throws<TrainingDivergedException>(() => Find(new ScriptedEngine { Step = _ => new WindowResult(double.NaN, 1) }, new LearningRateRange()));
    }

    [Fact]
    public void A_network_is_looked_at_that_nobody_else_has_and_the_curve_is_the_same_each_time()
    {
        var options = Rehearsal.Options(options => options.Threads = 2);
        var weights = WeightInitialization.Create(options.ShapeFor(Rehearsal.VocabularySize), 7);
        var before = weights.Clone();
        LearningRateCurve Curve() => new LanguageModelTrainer(options).FindLearningRate(Rehearsal.Vocabulary, Rehearsal.Corpus, initial: weights);
        Assert.Equal(Curve().Points, Curve().Points);
        foreach (var (one, other) in before.Parameters.Zip(weights.Parameters)) Assert.Equal(one.Values, other.Values);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(100)]
    [InlineData(400)]
    public void A_loss_that_falls_and_rises_is_seen_to_whether_windows_are_many_or_few(int windows)
    {
        var curve = Find(Parabola(), new LearningRateRange { Lowest = 1e-3, Highest = 3, Windows = windows });
        Assert.True(curve.HasRisen);
        Assert.InRange(Math.Log10(curve.Least.LearningRate), -1, -0.4);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Training_with_the_suggestion_learns(bool isAdam)
    {
        // With SGD, what is learned to the end has no gradient, and diverges with no rate: there one word of ten is any, and a window has enough of them.
        var options = Rehearsal.Options(options => (options.Optimizer, options.Dropout, options.BatchSize) = (new Adam(), 0, 2));
        if (!isAdam) (options.Optimizer, options.Layers, options.EmbeddingSize, options.HiddenSize, options.BatchSize, options.Window, options.StateResetProbability) = (new Sgd(), 1, 8, 16, 10, 10, 0.1);
        var random = new Random(1);
        var vocabulary = Texts.Vocabulary(12);
        var corpus = Texts.Of([.. Enumerable.Range(0, 2000).Select(position => position % 10 == 9 ? 1 : !isAdam && random.Next(10) == 0 ? 2 + random.Next(9) : 2 + position % 10)]);
        var suggestion = new LanguageModelTrainer(options).FindLearningRate(vocabulary, corpus).Suggestion;
        Assert.NotNull(suggestion);
        Assert.InRange(suggestion.Value, isAdam ? 1e-4 : 0.2, isAdam ? 0.5 : 100);
        (options.Optimizer.LearningRate, options.Epochs) = (suggestion.Value, isAdam ? options.Epochs : 20);
        Assert.InRange(new LanguageModelTrainer(options).Train(Tokenizer.Whitespace, vocabulary, corpus).Result.Epochs[^1].TrainingPerplexity, 1, isAdam ? 3 : 5);
    }

    [Fact]
    public void A_range_that_is_none_is_refused_with_all_its_faults()
    {
        var refused = Assert.Throws<ArgumentException>(() => Find(new ScriptedEngine(), new LearningRateRange { Lowest = 2, Highest = 1, Windows = 3 }));
        Assert.Equal("Highest is 1; it must be a finite number above Lowest, which is 2. Windows is 3; it must be at least 20.", refused.Message);
        Assert.Throws<ArgumentException>(() => Find(new ScriptedEngine(), new LearningRateRange { Lowest = double.NaN }));
    }

    [Fact]
    public void It_can_be_cancelled()
    {
        using var cancellation = new CancellationTokenSource();
        var engine = new ScriptedEngine
        {
            Step = step =>
            {
                if (step == 5) cancellation.Cancel();
                return new WindowResult(2, 1);
            },
        };
        Assert.Throws<OperationCanceledException>(() => Find(engine, new LearningRateRange(), options => options.CancellationToken = cancellation.Token));
        Assert.Equal((5, 1), (engine.LearningRates.Count, engine.Disposals));
    }
}
