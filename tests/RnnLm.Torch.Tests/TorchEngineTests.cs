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

    [Fact]
    public void An_engine_whose_device_nobody_names_trains_on_the_cpu_or_the_device_of_the_host()
    {
        Assert.Equal("cpu", new TorchEngine().Device);
        Assert.Equal("cuda:0", ((TorchEngine)new TorchEngine().OnGpu(0, fallbackToCpu: false)).Device);
        Assert.Equal("cpu", ((TorchEngine)new TorchEngine("cpu").OnGpu(0, fallbackToCpu: false)).Device);
        Assert.Equal("cuda:1", ((TorchEngine)new TorchEngine("cuda:1").OnGpu(0, fallbackToCpu: true)).Device);
        // No machine has so many.
        Assert.Equal("cpu", ((TorchEngine)new TorchEngine().OnGpu(99, fallbackToCpu: true)).Device);
        Assert.Throws<ArgumentOutOfRangeException>(() => new TorchEngine().OnGpu(-1, fallbackToCpu: true));
    }

    [TorchFact]
    public void A_pipeline_trains_on_the_device_of_its_context_or_says_that_it_is_missing()
    {
        var options = Sample.FullOptions();
        options.Engine = new TorchEngine();
        var fallingBack = new MLContext(seed: 1) { GpuDeviceId = 99, FallbackToCpu = true };
        Assert.Equal(2, fallingBack.LanguageModeling.Trainers.RecurrentNetwork(options).Fit(fallingBack.View(Sample.Lines)).Result!.Epochs.Count);

        var insisting = new MLContext(seed: 1) { GpuDeviceId = 99 };
        var missing = Assert.Throws<InvalidOperationException>(
            () => insisting.LanguageModeling.Trainers.RecurrentNetwork(options).Fit(insisting.View(Sample.Lines)));
        Assert.Contains("cuda:99 was asked for", missing.Message, StringComparison.Ordinal);
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
    public void Every_training_option_is_honoured_but_other_kinds_of_softmax()
    {
        static IEnumerable<string> SettingsOf(Type options)
            => options.GetProperties().Where(property => property.CanWrite).Select(property => property.Name);

        string[] objects = [nameof(TrainingOptions.Softmax), nameof(TrainingOptions.Optimizer), nameof(TrainingOptions.Schedule), nameof(TrainingOptions.Averaging), nameof(TrainingOptions.Regularization)];
        Assert.Equal(SettingsOf(typeof(TrainingOptions)).Except(objects).Order(), HonouredOptions.Names[typeof(TrainingOptions)].Order());

        var kinds = typeof(TrainingOptions).Assembly.GetExportedTypes().Where(type => !type.IsAbstract
            && (type.IsAssignableTo(typeof(Softmax)) || type.IsAssignableTo(typeof(Optimizer)) || type.IsAssignableTo(typeof(LearningRateSchedule)) || type.IsAssignableTo(typeof(WeightAveraging)) || type == typeof(Regularization)));
        Assert.Equal(
            kinds.Except([typeof(SampledSoftmax), typeof(AdaptiveSoftmax)]).Append(typeof(TrainingOptions)).ToHashSet(), HonouredOptions.Names.Keys.ToHashSet());
        foreach (var (kind, names) in HonouredOptions.Names.Where(honoured => honoured.Key != typeof(TrainingOptions)))
            Assert.Equal(SettingsOf(kind).Order(), names.Order());
    }

    [Fact]
    public void A_sampled_softmax_is_refused_by_name()
    {
        var options = Networks.Options();
        options.Softmax = new SampledSoftmax();
        var error = Assert.Throws<NotSupportedException>(() => new TorchEngine().Start(Networks.Weights(options), options));
        Assert.Contains("Softmax = Sampled", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_option_that_the_engine_does_not_know_is_refused_by_name_unless_it_is_at_its_default()
    {
        var honoured = new Dictionary<Type, IReadOnlySet<string>>
        {
            [typeof(OptionsOfTomorrow)] = new HashSet<string> { nameof(OptionsOfTomorrow.Dropout) },
            [typeof(RateOfTomorrow)] = new HashSet<string> { nameof(RateOfTomorrow.Factor) },
        };
        IEnumerable<string> Unhonoured(OptionsOfTomorrow options) => HonouredOptions.Unhonoured(options, honoured);

        Assert.Equal(["WeightDrop = 0.5", "Sampled = 100"], Unhonoured(new OptionsOfTomorrow { Dropout = 0.5, WeightDrop = 0.5, Sampled = 100 }));
        Assert.Empty(Unhonoured(new OptionsOfTomorrow { Dropout = 0.5 }));
        Assert.Equal(["Rate.Momentum = 0.9"], Unhonoured(new OptionsOfTomorrow { Rate = new RateOfTomorrow { Factor = 2, Momentum = 0.9 } }));
        Assert.Empty(Unhonoured(new OptionsOfTomorrow { Rate = new RateOfTomorrow { Factor = 2 } }));
        Assert.Single(Unhonoured(new OptionsOfTomorrow { Penalty = new PenaltyOfTomorrow { Strength = 1 } }));
        Assert.Empty(Unhonoured(new OptionsOfTomorrow { Penalty = new PenaltyOfTomorrow() }));
    }

    [Fact]
    public void An_adaptive_softmax_is_refused_by_name_in_options_and_in_weights()
    {
        var options = Networks.Options();
        options.Tied = false;
        options.Softmax = new AdaptiveSoftmax { Cutoffs = [5, 8] };
        var weights = Networks.Weights(options);
        var error = Assert.Throws<NotSupportedException>(() => new TorchEngine().Check(options));
        Assert.Contains("Softmax = Adaptive", error.Message, StringComparison.Ordinal);

        options.Softmax = new FullSoftmax();
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
        options.Softmax = new SampledSoftmax();
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

        public RateOfTomorrow Rate { get; set; } = new();

        public PenaltyOfTomorrow Penalty { get; set; } = new();
    }

    private sealed class RateOfTomorrow
    {
        public double Factor { get; set; }

        public double Momentum { get; set; }
    }

    private sealed class PenaltyOfTomorrow
    {
        public double Strength { get; set; }
    }
}
