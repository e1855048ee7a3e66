namespace RnnLm.Tests.Adaptation;

/// <summary>The settings by which a model goes on learning.</summary>
public sealed class DynamicEvaluationTests
{
    private static readonly LanguageModel Model = RandomModels.Model();

    /// <summary>Scales for a model, all of them different.</summary>
    internal static GradientScales Scales(LanguageModel model)
    {
        var next = 0;
        float[] Some(int count) => [.. Enumerable.Range(0, count).Select(_ => 1f / ++next)];
        return new GradientScales(model.Network.CopyWeights().Parameters.Select(tensor => new TensorScales(tensor.Name, Some(tensor.Rows), Some(tensor.Columns))));
    }

    [Fact]
    public void Every_fault_is_told_at_once()
    {
        var fault = Assert.Throws<ArgumentOutOfRangeException>(
            () => new DynamicEvaluation { LearningRate = -1, Decay = 1.5, Window = 0, Epsilon = double.NaN }.Validate());
        foreach (var part in new[] { "LearningRate is -1", "Decay is 1.5", "Window is 0", "Epsilon is NaN" }) Assert.Contains(part, fault.Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Model.With(new DynamicEvaluation { Window = 1025 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Model.With(new DynamicEvaluation { LearningRate = double.PositiveInfinity }));
        Assert.Throws<ArgumentNullException>(() => Model.With((DynamicEvaluation)null!));
        new DynamicEvaluation { LearningRate = 0, Decay = 0, Window = 1, Epsilon = double.Epsilon }.Validate();
        new DynamicEvaluation { Decay = 1, Window = 1024 }.Validate();
    }

    [Fact]
    public void Rate_and_decay_that_nobody_sets_are_those_of_the_rule()
    {
        var (plain, scaled) = (new DynamicEvaluation(), new DynamicEvaluation { Scales = Scales(Model) });
        Assert.NotEqual(plain.LearningRate, scaled.LearningRate);
        Assert.NotEqual(plain.Decay, scaled.Decay);
        Assert.Equal(0.7, (plain with { LearningRate = 0.7, Scales = Scales(Model) }).LearningRate);
        Assert.Contains("rate 0.004", scaled.ToString());
        Assert.Contains("scaled", scaled.ToString());
        Assert.DoesNotContain("scaled", plain.ToString());
    }

    [Fact]
    public void It_is_added_to_a_model_and_taken_away_and_changes_nothing_of_what_the_model_says_itself()
    {
        var settings = new DynamicEvaluation { LearningRate = 0.1 };
        var model = Model.With(settings);
        Assert.Null(Model.DynamicEvaluation);
        Assert.Same(settings, model.DynamicEvaluation);
        Assert.Same(settings, model.With(new NeuralCache()).DynamicEvaluation);
        Assert.Same(settings, model.Quantize().DynamicEvaluation);
        Assert.Null(model.WithoutDynamicEvaluation().DynamicEvaluation);
        Assert.False(model.IsMixture);
        Assert.Equal(Model.NextWords("w3"), model.NextWords("w3"));
        Assert.Contains("dynamic evaluation", model.ToString());
    }

    [Fact]
    public void Scales_of_another_network_or_for_an_ensemble_are_refused()
    {
        var other = RandomModels.Model(CellKind.Gru);
        Assert.Contains("another network", Assert.Throws<ArgumentException>(() => Model.With(new DynamicEvaluation { Scales = Scales(other) })).Message);
        var ensemble = LanguageModel.Ensemble([Model.With(new DynamicEvaluation()), Model]);
        Assert.Null(ensemble.DynamicEvaluation);
        Assert.All(ensemble.Members, member => Assert.Null(member.DynamicEvaluation));
        Assert.Contains("ensemble", Assert.Throws<ArgumentException>(() => ensemble.With(new DynamicEvaluation { Scales = Scales(Model) })).Message);
        Assert.NotNull(ensemble.With(new DynamicEvaluation()).With(new NeuralCache()).DynamicEvaluation);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(-1f)]
    public void Scales_are_finite_numbers_from_0(float scale)
    {
        Assert.Contains("\"m\"", Assert.Throws<ArgumentException>(() => new GradientScales([new("m", new[] { 1f, scale }, new[] { 1f })])).Message);
        Assert.Contains("\"m\"", Assert.Throws<ArgumentException>(() => new GradientScales([new("m", new[] { 1f }, new[] { scale })])).Message);
        Assert.Throws<ArgumentException>(() => new GradientScales([]));
    }

    [Fact]
    public void The_mean_scale_is_that_of_the_means_of_the_tensors()
    {
        var scales = new GradientScales([new("m", new[] { 1f, 3f }, new[] { 2f, 4f, 6f }), new("b", new[] { 5f }, new[] { 1f })]);
        Assert.Equal(8, scales.Tensors[0].Mean);
        Assert.Equal(6.5, scales.Mean);
    }
}
