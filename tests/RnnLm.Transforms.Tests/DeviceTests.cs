using Microsoft.ML;

namespace RnnLm.Transforms.Tests;

/// <summary>What MLContext says about graphics processors reaches an engine that has use for it.</summary>
public sealed class DeviceTests
{
    [Theory]
    [InlineData(null, false, "none")]
    [InlineData(null, true, "none")]
    [InlineData(2, false, "GPU 2")]
    [InlineData(0, true, "GPU 0 or CPU")]
    public void The_engine_is_that_of_the_device_that_the_context_names(int? deviceId, bool fallbackToCpu, string device)
    {
        var mlContext = new MLContext(seed: 1) { GpuDeviceId = deviceId, FallbackToCpu = fallbackToCpu };
        var options = Sample.FullOptions();
        var names = new List<string>();
        options.Engine = new GpuEngine("none");
        options.Training.Progress = new Listener(happened =>
        {
            if (happened is TrainingStarted started) names.Add(started.Engine);
        });
        mlContext.LanguageModeling.Trainers.RecurrentNetwork(options).Fit(mlContext.View(Sample.Lines));
        Assert.Equal([device], names);
    }

    [Fact]
    public void An_engine_that_knows_of_no_devices_trains_where_it_does()
    {
        var mlContext = new MLContext(seed: 1) { GpuDeviceId = 0 };
        foreach (var engine in new ITrainingEngine?[] { null, new ManagedEngine() })
        {
            var options = Sample.FullOptions();
            options.Engine = engine;
            Assert.Equal(2, mlContext.LanguageModeling.Trainers.RecurrentNetwork(options).Fit(mlContext.View(Sample.Lines)).Result!.Epochs.Count);
        }
    }

    private sealed class GpuEngine(string device) : ITrainingEngine
    {
        public string Name => device;

        public ITrainingEngine OnGpu(int deviceId, bool fallbackToCpu) => new GpuEngine($"GPU {deviceId}{(fallbackToCpu ? " or CPU" : "")}");

        public ITrainingSession Start(NetworkWeights initial, TrainingOptions options, IReadOnlyList<long>? wordCounts = null)
            => new ManagedEngine().Start(initial, options, wordCounts);
    }
}
