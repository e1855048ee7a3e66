using Microsoft.ML;
using RnnLm.Transforms.Tests;
using TorchSharp;

namespace RnnLm.Torch.Tests;

public class TorchEngineTests
{
    [Theory]
    [InlineData("cpu", "TorchSharp, cpu")]
    [InlineData("cuda", "TorchSharp, cuda")]
    [InlineData("cuda:1", "TorchSharp, cuda:1")]
    public void An_engine_is_named_after_its_device(string device, string name)
    {
        var engine = new TorchEngine(device);
        Assert.Equal(device, engine.Device);
        Assert.Equal(name, engine.Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("gpu")]
    [InlineData("CPU")]
    [InlineData("cuda:")]
    [InlineData("cuda:-1")]
    [InlineData("cuda:x")]
    [InlineData("cpu:0")]
    public void A_device_that_is_named_in_another_way_is_refused(string device)
    {
        var error = Assert.Throws<ArgumentException>(() => new TorchEngine(device));
        Assert.Contains("cuda:0", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_training_option_but_those_of_the_softmax_is_honoured()
    {
        var names = typeof(TrainingOptions).GetProperties().Where(property => property.CanWrite).Select(property => property.Name)
            .Except([
                nameof(TrainingOptions.Softmax), nameof(TrainingOptions.SampleCount), nameof(TrainingOptions.Sampler),
                nameof(TrainingOptions.AdaptiveCutoffs), nameof(TrainingOptions.AdaptiveDivisionFactor),
            ]);
        Assert.Equal(names.Order(), HonouredOptions.Names.Order());
    }

    [Fact]
    public void A_sampled_softmax_is_refused_by_name()
    {
        var options = Networks.Options();
        options.Softmax = SoftmaxKind.Sampled;
        var error = Assert.Throws<NotSupportedException>(() => new TorchEngine().Start(Networks.Weights(options), options));
        Assert.Contains("Softmax = Sampled", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_option_that_the_engine_does_not_know_is_refused_by_name_unless_it_is_at_its_default()
    {
        var options = new OptionsOfTomorrow { Dropout = 0.5, WeightDrop = 0.5, Sampled = 100 };
        Assert.Equal(["WeightDrop = 0.5", "Sampled = 100"], HonouredOptions.Unhonoured(options, new OptionsOfTomorrow()));
        Assert.Empty(HonouredOptions.Unhonoured(new OptionsOfTomorrow { Dropout = 0.5 }, new OptionsOfTomorrow()));
    }

    [Fact]
    public void An_optimizer_that_the_engine_does_not_know_is_refused_by_name()
    {
        var options = Networks.Options();
        options.Optimizer = (OptimizerKind)99;
        var error = Assert.Throws<NotSupportedException>(() => new TorchEngine().Start(Networks.Weights(options), options));
        Assert.Contains("Optimizer = 99", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_adaptive_softmax_is_refused_by_name_in_options_and_in_weights()
    {
        var options = Networks.Options();
        options.Tied = false;
        (options.Softmax, options.AdaptiveCutoffs) = (SoftmaxKind.Adaptive, [5, 8]);
        var weights = Networks.Weights(options);
        var error = Assert.Throws<NotSupportedException>(() => new TorchEngine().Check(options));
        Assert.Contains("Softmax = Adaptive, AdaptiveCutoffs = 5, 8", error.Message, StringComparison.Ordinal);

        (options.Softmax, options.AdaptiveCutoffs) = (SoftmaxKind.Full, null);
        error = Assert.Throws<NotSupportedException>(() => new TorchEngine().Start(weights, options));
        Assert.Contains("adaptive softmax (cutoffs 5, 8", error.Message, StringComparison.Ordinal);
        Assert.Contains("managed engine", error.Message, StringComparison.Ordinal);
    }

    [TorchFact]
    public void A_missing_cuda_device_is_an_error_that_names_the_package()
    {
        var count = torch.cuda.is_available() ? torch.cuda.device_count() : 0;
        var options = Networks.Options();
        var error = Assert.Throws<InvalidOperationException>(() => new TorchEngine($"cuda:{count}").Start(Networks.Weights(options), options));
        Assert.Contains(count == 0 ? "TorchSharp-cuda-" : $"{count} CUDA device", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_engine_lacks_is_told_before_any_text_is_read()
    {
        var read = 0;
        IEnumerable<string> Lines()
        {
            read++;
            yield return "the cat sat";
        }
        var options = Networks.Options();
        options.Softmax = (SoftmaxKind)99;
        Assert.Throws<NotSupportedException>(() => new TorchEngine().Check(options));

        var trainer = new LanguageModelTrainer(Networks.Options(), new TorchEngine("cuda:1000"));
        Assert.Throws<InvalidOperationException>(() => trainer.Train(Tokenizer.Whitespace, Lines()));
        var mlContext = new MLContext();
        var pipeline = mlContext.LanguageModeling.Trainers.RecurrentNetwork(new RecurrentNetworkOptions { Engine = new TorchEngine("cuda:1000") });
        Assert.Throws<InvalidOperationException>(() => pipeline.Fit(mlContext.Data.LoadFromEnumerable(Lines().Select(line => new TextRow { Text = line }))));

        Assert.Equal(0, read);
    }

    private sealed class OptionsOfTomorrow
    {
        public double Dropout { get; set; }

        public double WeightDrop { get; set; }

        public int? Sampled { get; set; }
    }
}
