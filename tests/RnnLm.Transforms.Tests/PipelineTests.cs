using Microsoft.ML;

namespace RnnLm.Transforms.Tests;

public sealed class PipelineTests(PipelineFixture fixture) : IClassFixture<PipelineFixture>
{
    private readonly MLContext mlContext = fixture.MLContext;

    [Fact]
    public async Task A_saved_pipeline_predicts_the_same_to_the_last_bit_in_another_process_that_only_loads_it()
    {
        using var folder = new TemporaryFolder();
        mlContext.Model.Save(fixture.Pipeline, fixture.Data.Schema, folder.File("model.zip"));
        using var engine = mlContext.Model.CreatePredictionEngine<TextRow, FullPrediction>(fixture.Pipeline);
        var expected = Sample.Prompts.Select(prompt => engine.Predict(new TextRow { Text = prompt }).ToString());

        var answer = await OtherProcess.PredictAsync(typeof(PipelineTests).Assembly.Location, folder.File("model.zip"), Sample.Prompts);

        Assert.Equal(expected, answer.Predictions);
    }

    [Fact]
    public async Task Ten_threads_with_a_prediction_engine_each_give_the_same_answers_as_one()
    {
        var loaded = mlContext.SaveAndLoad(fixture.Pipeline, fixture.Data);
        using var single = mlContext.Model.CreatePredictionEngine<TextRow, FullPrediction>(fixture.Pipeline);
        var texts = Sample.Lines.Concat(Sample.Prompts).ToArray();
        var expected = texts.Select(text => single.Predict(new TextRow { Text = text }).ToString()).ToArray();

        using var together = new Barrier(10);
        var threads = Enumerable.Range(0, 10).Select(thread => Task.Factory.StartNew(
            () =>
            {
                using var engine = new MLContext().Model.CreatePredictionEngine<TextRow, FullPrediction>(
                    loaded, new PredictionEngineOptions { OwnsTransformer = false });
                together.SignalAndWait();
                return Enumerable.Range(0, 10 * texts.Length)
                    .Select(i => (thread + i) % texts.Length)
                    .Select(i => (Index: i, Answer: engine.Predict(new TextRow { Text = texts[i] }).ToString())).ToArray();
            },
            TaskCreationOptions.LongRunning));

        foreach (var answers in await Task.WhenAll(threads))
            Assert.All(answers, answer => Assert.Equal(expected[answer.Index], answer.Answer));
    }

    [Fact]
    public void Only_the_users_columns_can_be_seen()
    {
        string[] expected =
        [
            "Text", "Normalized", "NextWord", "NextWordKey", "NextWords", "Probabilities", "UnknownProbability", "EndOfLineProbability",
            "LogProbability", "Perplexity", "WordCount", "UnknownWordCount", "Copied",
        ];

        Assert.Equal(expected, fixture.Pipeline.GetOutputSchema(fixture.Data.Schema).VisibleColumns());
        Assert.Equal(expected, mlContext.SaveAndLoad(fixture.Pipeline, fixture.Data).GetOutputSchema(fixture.Data.Schema).VisibleColumns());
    }

    [Fact]
    public void A_loaded_pipeline_transforms_data_as_the_fitted_one_does()
    {
        var loaded = mlContext.SaveAndLoad(fixture.Pipeline, fixture.Data);

        Assert.Equal(Describe(fixture.Pipeline), Describe(loaded));

        string[] Describe(ITransformer pipeline)
            => [.. mlContext.Data.CreateEnumerable<FullPrediction>(pipeline.Transform(fixture.Data), reuseRowObject: false).Select(prediction => prediction.ToString())];
    }

    [Fact]
    public void A_pipeline_can_be_saved_again_after_it_was_loaded()
    {
        var twice = mlContext.SaveAndLoad(mlContext.SaveAndLoad(fixture.Pipeline, fixture.Data), fixture.Data);

        Assert.Equal(
            fixture.Pipeline.Transform(fixture.Data).Column<float>("LogProbability"), twice.Transform(fixture.Data).Column<float>("LogProbability"));
    }

    [Fact]
    public void The_typed_model_found_in_a_loaded_pipeline_is_the_one_that_was_trained()
    {
        var trained = fixture.Pipeline.GetLanguageModel();

        var found = mlContext.SaveAndLoad(fixture.Pipeline, fixture.Data).GetLanguageModel();

        Assert.Equal(trained.Model.Vocabulary, found.Model.Vocabulary);
        Assert.Equal(trained.Model.Tokenizer.Settings, found.Model.Tokenizer.Settings);
        Assert.Equal(trained.Model.Score("the cat sat").LogProbability, found.Model.Score("the cat sat").LogProbability);
        Assert.Equal("Normalized", found.Columns.InputColumnName);
        Assert.Equal(3, found.Columns.NextWordCount);
        Assert.NotNull(trained.Result);
        Assert.Null(found.Result);
    }

    [Fact]
    public void The_typed_model_found_in_a_loaded_pipeline_can_be_saved_as_a_file_of_its_own_and_put_into_another()
    {
        using var folder = new TemporaryFolder();
        var found = mlContext.SaveAndLoad(fixture.Pipeline, fixture.Data).GetLanguageModel();
        found.Model.Save(folder.File("model.rnnlm"));

        var other = mlContext.LanguageModeling.FromModel(LanguageModel.Load(folder.File("model.rnnlm"))).Fit(fixture.Data);

        Assert.Equal(found.Model.NextWord("the cat sat on"), other.Transform(mlContext.View("the cat sat on")).Column<string>("NextWord").Single());
    }
}
