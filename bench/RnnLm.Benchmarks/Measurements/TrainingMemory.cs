namespace RnnLm.Benchmarks.Measurements;

/// <summary>What training holds in memory, in a process that does nothing else.</summary>
static class TrainingMemory
{
    /// <summary>Small batches, so that many windows take seconds.</summary>
    public static NetworkSetting Network { get; } = new(CellKind.Lstm, 200) { Batch = 5, Window = 20 };

    /// <summary>The working set in megabytes, once the managed engine has trained on some windows.</summary>
    public static double AfterWindows(int count)
    {
        using var session = new ManagedEngine().Start(Network.RandomWeights(), Network.Options(Environment.ProcessorCount));
        var windows = RandomText.Windows(Network);
        for (var i = 0; i < count; i++) session.Train(windows[i % windows.Length], Network.LearningRate);
        return Environment.WorkingSet / 1e6;
    }
}
