using Microsoft.ML;

namespace RnnLm.Transforms.Tests;

/// <summary>As in ML.NET's own trainers the context's seed rules where the trainer's own is not set.</summary>
public sealed class SeedTests
{
    private static LanguageModel Train(MLContext mlContext, int? seed = null)
    {
        var options = Options();
        if (seed is { } given) options.Training.Seed = given;
        return mlContext.LanguageModeling.Trainers.RecurrentNetwork(options).Fit(mlContext.View(Sample.Lines)).Model;
    }

    private static RecurrentNetworkOptions Options() => new()
    {
        Training = { Layers = 1, EmbeddingSize = 8, HiddenSize = 12, BatchSize = 4, Window = 6, Epochs = 1, Threads = 1 },
    };

    private static byte[] WeightsOf(LanguageModel model)
    {
        using var stream = new MemoryStream();
        new LanguageModel(model.Tokenizer, model.Vocabulary, model.Network.CopyWeights()).Save(stream);
        return stream.ToArray();
    }

    [Fact]
    public void Contexts_of_one_seed_give_the_same_weights_and_of_two_seeds_others()
    {
        var model = Train(new MLContext(seed: 5));
        Assert.Equal(WeightsOf(model), WeightsOf(Train(new MLContext(seed: 5))));
        Assert.NotEqual(WeightsOf(model), WeightsOf(Train(new MLContext(seed: 6))));
    }

    [Fact]
    public void A_context_without_a_seed_gives_other_weights_each_time_and_the_record_says_how_to_have_them_again()
    {
        var model = Train(new MLContext());
        Assert.NotEqual(WeightsOf(model), WeightsOf(Train(new MLContext())));
        var seed = int.Parse(model.Training.Options["seed"], System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(WeightsOf(model), WeightsOf(Train(new MLContext(), seed)));
    }

    [Fact]
    public void The_trainers_own_seed_goes_before_the_contexts()
    {
        var model = Train(new MLContext(seed: 5), seed: 1);
        Assert.Equal("1", model.Training.Options["seed"]);
        Assert.Equal(WeightsOf(model), WeightsOf(Train(new MLContext(seed: 6), seed: 1)));
    }

    [Fact]
    public void One_trainer_gives_the_same_weights_whenever_it_fits()
    {
        var mlContext = new MLContext();
        var trainer = mlContext.LanguageModeling.Trainers.RecurrentNetwork(Options());
        var data = mlContext.View(Sample.Lines);
        Assert.Equal(WeightsOf(trainer.Fit(data).Model), WeightsOf(trainer.Fit(data).Model));
    }
}
