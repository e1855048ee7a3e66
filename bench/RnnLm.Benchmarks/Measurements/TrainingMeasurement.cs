namespace RnnLm.Benchmarks.Measurements;

/// <summary>Training with one of the engines, over windows of random words with the state carried from one to the next.</summary>
static class TrainingMeasurement
{
    public static double WordsPerSecond(ITrainingEngine engine, NetworkSetting network, int threads, double seconds)
        => Measure(engine, network, threads, step => network.WordsInWindow / Steps.SecondsPerStep(step, seconds));

    public static double BytesPerStep(ITrainingEngine engine, NetworkSetting network, int threads, double seconds)
        => Measure(engine, network, threads, step => Steps.BytesPerStep(step, seconds));

    private static double Measure(ITrainingEngine engine, NetworkSetting network, int threads, Func<Action<int>, double> measure)
    {
        using var session = engine.Start(network.RandomWeights(), network.Options(threads));
        var windows = RandomText.Windows(network);
        return measure(step => session.Train(windows[step % windows.Length], network.LearningRate));
    }
}
