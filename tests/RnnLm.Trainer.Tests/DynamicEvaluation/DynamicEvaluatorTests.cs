using RnnLm.Training.Tests.Engines;

namespace RnnLm.Training.Tests.Adaptation;

/// <summary>How well a model predicts that learns from what it has predicted.</summary>
public sealed class DynamicEvaluatorTests
{
    private const double Rounding = 1e-5;

    [Theory]
    [InlineData(CellKind.Lstm, true)]
    [InlineData(CellKind.Gru, false)]
    public void Without_a_learning_rate_it_is_the_evaluation_of_the_model_as_it_is(CellKind cell, bool tied)
    {
        var model = Streams.Model(cell, tied);
        var text = Streams.Text(model, 333);
        AssertSame(model.Evaluate(text), DynamicEvaluator.Evaluate(model, text, new DynamicEvaluation { LearningRate = 0 }));
    }

    [Fact]
    public void Without_a_learning_rate_a_cache_an_n_gram_model_and_an_ensemble_give_what_they_give_anywhere()
    {
        var model = Streams.Model();
        var text = Streams.Text(model, 333);
        var nGram = NGramTrainer.Train(model.Tokenizer, model.Vocabulary, Streams.Text(model, 500, seed: 8), new NGramOptions { Order = 3 });
        var cached = model.With(new NeuralCache { Size = 50, Weight = 0.3 }).With(new NGramInterpolation { Model = nGram, Weight = 0.4 });
        var ensemble = LanguageModel.Ensemble([cached, Streams.Model(Cases.Shape(CellKind.Gru), seed: 2)], [1, 3]);
        var settings = new DynamicEvaluation { LearningRate = 0, Window = 7 };
        Assert.NotEqual(model.Evaluate(text).CrossEntropy, cached.Evaluate(text).CrossEntropy, 0.01);
        AssertSame(cached.Evaluate(text), DynamicEvaluator.Evaluate(cached, text, settings));
        AssertSame(ensemble.Evaluate(text), DynamicEvaluator.Evaluate(ensemble, text, settings));
    }

    [Fact]
    public void Of_equally_probable_words_those_of_lower_id_come_first_as_anywhere()
    {
        var model = new LanguageModel(Tokenizer.Whitespace, Texts.Vocabulary(53), new NetworkWeights(Cases.Shape(CellKind.Lstm)));
        var text = Texts.Of(0, 1, 2, 3, 4, 5, 6, 52, 0, 4, 5, 1);
        AssertSame(model.Evaluate(text), DynamicEvaluator.Evaluate(model, text, new DynamicEvaluation { LearningRate = 0, Window = 5 }));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_repeats_itself_is_predicted_better_and_better(bool scaled)
    {
        var model = Streams.Model();
        var settings = scaled ? new DynamicEvaluation { Scales = DynamicEvaluator.MeasureScales(model, Streams.Text(model, 200)) } : new DynamicEvaluation();
        var words = Streams.LogProbabilities(model, Streams.Repeated(model, 40, 50), settings);
        Assert.True(words[..400].Average() < words[400..800].Average() - 0.1);
        Assert.True(words[400..800].Average() < words[^400..].Average() - 0.1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void No_word_is_known_before_it_is_predicted(bool cached)
    {
        var model = Streams.Model();
        if (cached) model = model.With(new NeuralCache { Size = 10 });
        var ids = Cases.Stream(model.Shape, 100);
        var settings = new DynamicEvaluation { Window = 8 };
        var before = Streams.LogProbabilities(model, Texts.Of(ids), settings);
        // In the middle of a window, at its beginning and at its end.
        foreach (var place in new[] { 43, 48, 55 })
        {
            var changed = ids.ToArray();
            for (var i = place; i < changed.Length; i++) changed[i] = (changed[i] + 7) % model.Vocabulary.Count;
            var after = Streams.LogProbabilities(model, Texts.Of(changed), settings);
            Assert.Equal(before[..place], after[..place]);
            Assert.NotEqual(before[place], after[place]);
        }
    }

    [Fact]
    public void One_thread_and_two_give_the_same()
    {
        var model = Streams.Model(Cases.Shape(CellKind.Lstm, tied: true, vocabulary: 700, embedding: 130, hidden: 130)).With(new NeuralCache { Size = 30 });
        var text = Streams.Text(model, 150);
        var one = DynamicEvaluator.Evaluate(model, text, options: new EvaluationOptions { Threads = 1 });
        AssertSame(one, DynamicEvaluator.Evaluate(model, text, options: new EvaluationOptions { Threads = 2 }));
        Assert.Equal(one, DynamicEvaluator.Evaluate(model, text, options: new EvaluationOptions { Threads = 1 }));
    }

    [Fact]
    public void The_model_stays_as_it_is()
    {
        var model = Streams.Model();
        var checksum = model.ComputeChecksum();
        var text = Streams.Text(model, 100);
        var before = model.Evaluate(text);
        DynamicEvaluator.Evaluate(model, text);
        Assert.Equal(checksum, model.ComputeChecksum());
        Assert.Equal(before, model.Evaluate(text));
    }

    [Fact]
    public void The_settings_of_the_model_are_used_where_no_others_are_given()
    {
        var model = Streams.Model();
        var text = Streams.Text(model, 100);
        var settings = new DynamicEvaluation { LearningRate = 0.1, Window = 9 };
        Assert.Equal(DynamicEvaluator.Evaluate(model, text, settings), DynamicEvaluator.Evaluate(model.With(settings), text));
        Assert.NotEqual(DynamicEvaluator.Evaluate(model, text), DynamicEvaluator.Evaluate(model.With(settings), text));
    }

    [Fact]
    public void Weights_of_8_bits_are_adapted_as_the_numbers_that_they_stand_for()
    {
        var model = Streams.Model().Quantize();
        var same = new LanguageModel(model.Tokenizer, model.Vocabulary, model.Network.CopyWeights());
        var text = Streams.Text(model, 100);
        Assert.Equal(DynamicEvaluator.Evaluate(same, text), DynamicEvaluator.Evaluate(model, text));
        Assert.True(model.IsQuantized);
    }

    [Fact]
    public void It_is_told_how_far_it_is_and_can_be_cancelled()
    {
        var model = Streams.Model();
        using var source = new CancellationTokenSource();
        var shares = new List<double>();
        var options = new EvaluationOptions { CancellationToken = source.Token, Progress = new Told(share => { shares.Add(share); if (share >= 0.5) source.Cancel(); }) };
        Assert.Throws<OperationCanceledException>(() => DynamicEvaluator.Evaluate(model, Streams.Text(model, 100), new DynamicEvaluation { Window = 10 }, options));
        Assert.Equal([0.1, 0.2, 0.3, 0.4, 0.5], shares);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(19)]
    [InlineData(20)]
    [InlineData(21)]
    public void Texts_of_any_length_are_measured(int length)
    {
        var model = Streams.Model();
        Assert.Equal(length, DynamicEvaluator.Evaluate(model, Streams.Text(model, length)).Words);
        Assert.Equal(length, DynamicEvaluator.Evaluate(model, Streams.Text(model, length), new DynamicEvaluation { Window = 1 }).Words);
        Assert.Equal(length, DynamicEvaluator.Evaluate(model, Streams.Text(model, length), new DynamicEvaluation { Window = 1024 }).Words);
    }

    [Fact]
    public void What_cannot_be_done_is_refused_by_its_name()
    {
        var model = Streams.Model();
        var text = Streams.Text(model, 10);
        Assert.Contains("no words", Assert.Throws<ArgumentException>(() => DynamicEvaluator.Evaluate(model, Texts.Of())).Message, StringComparison.Ordinal);
        Assert.Contains("another model", Assert.Throws<ArgumentException>(() => DynamicEvaluator.Evaluate(model, Texts.Of(5, 53))).Message, StringComparison.Ordinal);
        Assert.Contains("another network", Assert.Throws<ArgumentException>(
            () => DynamicEvaluator.Evaluate(model, text, new DynamicEvaluation { Scales = Streams.Scales(Streams.Model(tied: false)) })).Message, StringComparison.Ordinal);
        var adaptive = Streams.Model(Cases.Shape(CellKind.Lstm) with { AdaptiveSoftmax = new AdaptiveSoftmaxShape([10], 4) });
        Assert.Contains("adaptive softmax", Assert.Throws<NotSupportedException>(() => DynamicEvaluator.Evaluate(adaptive, text)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => DynamicEvaluator.Evaluate(model, text, options: new EvaluationOptions { Threads = 0 }));
        foreach (var rate in new[] { 1e6, 1e300 })
            Assert.Contains(FormattableString.Invariant($"diverges at the learning rate {rate:G4}"), Assert.Throws<NotFiniteNumberException>(
                () => DynamicEvaluator.Evaluate(model, Streams.Text(model, 200), new DynamicEvaluation { LearningRate = rate })).Message, StringComparison.Ordinal);
        // Whoever has gradients measured has tuned, and is told what to tune with.
        Assert.Contains("--gradients", Assert.Throws<NotFiniteNumberException>(() => DynamicEvaluator.Evaluate(
            model, Streams.Text(model, 200), new DynamicEvaluation { LearningRate = 1e300, Scales = Streams.Scales(model) })).Message, StringComparison.Ordinal);
    }

    private static void AssertSame(LanguageModelMetrics expected, LanguageModelMetrics actual)
    {
        Assert.Equal(expected.CrossEntropy, actual.CrossEntropy, Rounding * expected.CrossEntropy);
        Assert.Equal(expected with { CrossEntropy = 0 }, actual with { CrossEntropy = 0 });
    }

    private sealed class Told(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }
}
