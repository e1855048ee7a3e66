using Microsoft.ML;

namespace RnnLm.Transforms.Tests;

/// <summary>Pipelines measured while a copy of their model learns from what it has predicted.</summary>
public sealed class DynamicEvaluationTests(PipelineFixture fixture) : IClassFixture<PipelineFixture>
{
    private readonly MLContext mlContext = fixture.MLContext;

    [Fact]
    public void A_pipeline_is_measured_as_its_model_is()
    {
        var model = fixture.Pipeline.GetLanguageModel().Model;
        var settings = new DynamicEvaluation { LearningRate = 0.3, Window = 5 };
        var options = new EvaluationOptions { Threads = 1 };

        var metrics = mlContext.LanguageModeling.EvaluateDynamically(fixture.Pipeline, fixture.Data, settings, options: options);

        // NormalizeText stands before the model, so the model reads lower case.
        var text = TokenStream.Encode(model.Tokenizer, model.Vocabulary, Sample.Lines.Select(line => line.ToLowerInvariant()));
        Assert.Equal(DynamicEvaluator.Evaluate(model, text, settings, options), metrics);
        Assert.NotEqual(mlContext.LanguageModeling.Evaluate(fixture.Pipeline, fixture.Data), metrics);
        Assert.Equal(model.Evaluate(text), mlContext.LanguageModeling.Evaluate(fixture.Pipeline, fixture.Data));
    }

    [Fact]
    public void What_is_stored_in_the_model_goes_along_with_a_saved_pipeline()
    {
        var model = fixture.Pipeline.GetLanguageModel().Model;
        var text = TokenStream.Encode(model.Tokenizer, model.Vocabulary, Sample.Lines);
        var settings = new DynamicEvaluation { LearningRate = 0.003, Decay = 0.02, Window = 4, Scales = DynamicEvaluator.MeasureScales(model, text) };
        var pipeline = mlContext.LanguageModeling.FromModel(model.With(settings)).Fit(fixture.Data);
        var options = new EvaluationOptions { Threads = 1 };

        var loaded = mlContext.SaveAndLoad(pipeline, fixture.Data);

        Assert.Equal(settings with { Scales = null }, loaded.GetLanguageModel().Model.DynamicEvaluation! with { Scales = null });
        var metrics = new MLContext().LanguageModeling.EvaluateDynamically(loaded, fixture.Data, options: options);
        Assert.Equal(mlContext.LanguageModeling.EvaluateDynamically(pipeline, fixture.Data, settings, options: options), metrics);
        Assert.NotEqual(mlContext.LanguageModeling.EvaluateDynamically(pipeline, fixture.Data, new DynamicEvaluation(), options: options), metrics);
    }
}
