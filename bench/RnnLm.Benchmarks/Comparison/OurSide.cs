using System.Diagnostics;
using RnnLm.Networks;
using RnnLm.Training;
using Network = RnnLm.Inference.Network;

namespace RnnLm.Benchmarks.Comparison;

/// <summary>The managed engine and managed inference, measured as the peer is.</summary>
static class OurSide
{
    public static double Measure(ComparisonCase comparison, int threads, double seconds)
        => comparison.Job == "train" ? Train(comparison, threads, seconds) : NextWord(comparison, seconds);

    private static double Train(ComparisonCase comparison, int threads, double seconds)
    {
        var options = Options(comparison, threads);
        using var session = new ManagedEngine().Start(Weights(comparison, options), options);
        var windows = Enumerable.Range(0, 8).Select(seed => RandomWindow(comparison, seed)).ToArray();
        return MeasureSteps(step => session.Train(windows[step % windows.Length], 0.1), seconds, comparison.Batch * comparison.Window);
    }

    private static double NextWord(ComparisonCase comparison, double seconds)
    {
        var network = new Network(Weights(comparison, Options(comparison, 1)));
        var state = network.CreateState();
        var logProbabilities = new float[comparison.Vocabulary];
        var random = new Random(1);
        var words = Enumerable.Range(0, 512).Select(_ => random.Next(comparison.Vocabulary)).ToArray();
        return MeasureSteps(step =>
        {
            network.Step(words[step % words.Length], state);
            network.LogProbabilities(state, logProbabilities);
        }, seconds, 1);
    }

    private static double MeasureSteps(Action<int> step, double seconds, int wordsAStep)
    {
        for (var i = 0; i < 3; i++) step(i);
        var watch = Stopwatch.StartNew();
        for (var steps = 0; ; step(steps++))
            if (watch.Elapsed.TotalSeconds is var elapsed && elapsed >= seconds)
                return steps * wordsAStep / elapsed;
    }

    private static TrainingOptions Options(ComparisonCase comparison, int threads) => new()
    {
        Cell = comparison.Cell,
        Layers = comparison.Layers,
        EmbeddingSize = comparison.Size,
        HiddenSize = comparison.Size,
        Dropout = comparison.Dropout,
        Optimizer = OptimizerKind.Sgd,
        BatchSize = comparison.Batch,
        Window = comparison.Window,
        Threads = threads,
    };

    private static NetworkWeights Weights(ComparisonCase comparison, TrainingOptions options)
        => WeightInitialization.Create(options.ShapeFor(comparison.Vocabulary), options.Seed);

    private static Window RandomWindow(ComparisonCase comparison, int seed)
    {
        var random = new Random(seed);
        var window = new Window(comparison.Batch, comparison.Window) { Length = comparison.Window, TargetCount = comparison.Batch * comparison.Window };
        foreach (ref var id in window.Inputs) id = random.Next(comparison.Vocabulary);
        foreach (ref var id in window.Targets) id = random.Next(comparison.Vocabulary);
        return window;
    }
}
