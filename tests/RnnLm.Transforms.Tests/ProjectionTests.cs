using Microsoft.ML;

namespace RnnLm.Transforms.Tests;

/// <summary>A pipeline whose network has coupled gates and a projection, as small keyboards have them.</summary>
public sealed class ProjectionTests
{
    private readonly MLContext mlContext = new(seed: 1);

    private static RecurrentNetworkOptions Options()
    {
        var options = Sample.FullOptions();
        options.Tokenizer = Tokenizer.Text();
        options.Training = Sample.Training(epochs: 40);
        (options.Training.Cell, options.Training.Layers, options.Training.Tied) = (CellKind.Cifg, 1, true);
        (options.Training.EmbeddingSize, options.Training.HiddenSize, options.Training.ProjectionSize) = (16, 40, 16);
        return options;
    }

    [Fact]
    public void A_pipeline_is_trained_saved_loaded_and_predicts_the_same_to_the_last_bit()
    {
        var data = mlContext.View(Sample.Lines);
        var pipeline = mlContext.LanguageModeling.Trainers.RecurrentNetwork(Options()).Fit(data);
        var loaded = mlContext.SaveAndLoad(pipeline, data);

        var shape = loaded.GetLanguageModel().Model.Shape;
        Assert.Equal((CellKind.Cifg, 40, 16, 16), (shape.Cell, shape.HiddenSize, shape.ProjectionSize, shape.OutputSize));
        using var expected = mlContext.Model.CreatePredictionEngine<TextRow, FullPrediction>(pipeline);
        using var actual = new MLContext().Model.CreatePredictionEngine<TextRow, FullPrediction>(loaded);
        foreach (var prompt in Sample.Prompts)
        {
            var row = new TextRow { Text = prompt };
            Assert.Equal(expected.Predict(row).ToString(), actual.Predict(row).ToString());
        }
        Assert.Equal("the", loaded.Transform(mlContext.View("The cat sat on")).Column<string>("NextWord").Single());
    }

    [Fact]
    public void Options_that_cannot_be_are_refused_when_the_pipeline_is_made()
    {
        var options = Options();
        options.Training.Cell = CellKind.Gru;
        var fault = Assert.Throws<ArgumentException>(() => mlContext.LanguageModeling.Trainers.RecurrentNetwork(options));
        Assert.Contains("ProjectionSize is 16; it must be null where Cell is Gru", fault.Message);
    }
}
