using Microsoft.ML;

namespace RnnLm.Transforms.Tests;

/// <summary>A pipeline whose network has an adaptive softmax.</summary>
public sealed class AdaptiveSoftmaxTests
{
    private readonly MLContext mlContext = new(seed: 1);

    private static RecurrentNetworkOptions Options(params int[] cutoffs)
    {
        var options = Sample.FullOptions();
        options.Tokenizer = Tokenizer.Text();
        options.Training = Sample.Training(epochs: 40);
        options.Training.Softmax = new AdaptiveSoftmax { Cutoffs = cutoffs.Length > 0 ? cutoffs : null };
        return options;
    }

    [Fact]
    public void A_pipeline_is_trained_saved_loaded_and_predicts_the_same_to_the_last_bit()
    {
        var data = mlContext.View(Sample.Lines);
        var pipeline = mlContext.LanguageModeling.Trainers.RecurrentNetwork(Options(6, 14)).Fit(data);
        var loaded = mlContext.SaveAndLoad(pipeline, data);

        Assert.Equal(new AdaptiveSoftmaxShape([6, 14]), loaded.GetLanguageModel().Model.Shape.AdaptiveSoftmax);
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
    public void Cutoffs_that_are_not_given_suit_the_vocabulary()
    {
        var model = mlContext.LanguageModeling.Trainers.RecurrentNetwork(Options()).Fit(mlContext.View(Sample.Lines)).Model;
        Assert.Equal(AdaptiveSoftmaxShape.DefaultCutoffs(model.Vocabulary.Count), model.Shape.AdaptiveSoftmax!.Cutoffs);
    }

    [Fact]
    public void Options_that_cannot_be_are_refused_when_the_pipeline_is_made_or_before_it_is_trained()
    {
        var fault = Assert.Throws<ArgumentException>(() => mlContext.LanguageModeling.Trainers.RecurrentNetwork(Options(14, 6)));
        Assert.Contains("each greater than the one before", fault.Message);
        var trainer = mlContext.LanguageModeling.Trainers.RecurrentNetwork(Options(6, 1400));
        fault = Assert.Throws<ArgumentException>(() => trainer.Fit(mlContext.View(Sample.Lines)));
        Assert.Contains("below the size of the vocabulary", fault.Message);
    }
}
