using Microsoft.ML;
using RnnLm.Benchmarks.Measurements;

namespace RnnLm.Benchmarks.Soak;

/// <summary>What one of the threads has for itself.</summary>
/// <param name="number">The thread, from 1; 0 is the one that gives the first answers, by itself.</param>
/// <param name="seed">The seed of its choices.</param>
sealed class SoakThread(int number, int seed) : IDisposable
{
    // How often an engine is asked before another takes its place.
    private const int PredictionsOfAnEngine = 200;

    private readonly Dictionary<ITransformer, (PredictionEngine<PipelineRow, PipelinePrediction> Engine, int Uses)> engines = [];

    public int Number { get; } = number;

    public Random Random { get; } = new(unchecked((seed * 7919) + number));

    public MLContext MLContext { get; } = new(seed: 1);

    private bool IsFirst => Number == 0;

    /// <summary>A prediction engine of this thread alone, made anew from time to time.</summary>
    public PredictionEngine<PipelineRow, PipelinePrediction> EngineOf(ITransformer pipeline)
    {
        var (engine, uses) = engines.GetValueOrDefault(pipeline);
        if (uses == PredictionsOfAnEngine)
        {
            engine.Dispose();
            (engine, uses) = (null!, 0);
        }
        engine ??= MLContext.Model.CreatePredictionEngine<PipelineRow, PipelinePrediction>(pipeline);
        engines[pipeline] = (engine, uses + 1);
        return engine;
    }

    /// <summary>One thread to three; none of it changes an answer.</summary>
    public BatchOptions SomeThreads(CancellationToken cancellation = default) => new() { Threads = 1 + Random.Next(3), CancellationToken = cancellation };

    /// <summary>Cancels within milliseconds: before, amid or after what comes next. The thread that gives the first answers cancels nothing.</summary>
    public void CancelSoon(CancellationTokenSource cancellation)
    {
        if (!IsFirst) cancellation.CancelAfter(Random.Next(8));
    }

    public void Dispose()
    {
        foreach (var (engine, _) in engines.Values) engine.Dispose();
    }
}
