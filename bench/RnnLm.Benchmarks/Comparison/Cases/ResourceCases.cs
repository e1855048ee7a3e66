using RnnLm.Benchmarks.Comparison.Peers;
using RnnLm.Benchmarks.Measurements;

namespace RnnLm.Benchmarks.Comparison.Cases;

/// <summary>The time and the memory that a start takes, what training holds, and what a step allocates.</summary>
static class ResourceCases
{
    // A working set that stays within a twentieth is one that does not grow with the corpus.
    private const double Bounded = 0.95;

    // An 8-bit model takes at most 27 % of the room.
    private const double QuantizedSizeGoal = 1 / 0.27;

    public static IEnumerable<ComparisonCase> Of(Sides sides, string? commandLine)
    {
        var network = new NetworkSetting(CellKind.Lstm, 200);
        return
        [
            .. commandLine is null ? [] : ColdStarts(sides, commandLine),
            new($"working set after 1,000 windows against 100, {TrainingMemory.Network.DescribeWithBatches()}", "MB", _ => WorkingSet(1_000))
            {
                Peer = _ => WorkingSet(100),
                Goal = Bounded,
                LowerIsBetter = true,
                IsSteady = true,
            },
            new($"size of the 8-bit model against full precision, {network.Describe()}", "MB", _ => Megabytes(RandomModel.Create(network).Quantize()))
            {
                Peer = _ => Megabytes(RandomModel.Create(network)),
                Goal = QuantizedSizeGoal,
                LowerIsBetter = true,
                IsSteady = true,
            },
            new($"allocated for a training step, {network.DescribeWithBatches()}", "bytes", seconds => TrainingMeasurement.BytesPerStep(sides.ManagedEngine, network, sides.Threads, seconds))
            {
                Limit = 0,
                IsSteady = true,
            },
            new($"allocated for a predicted word, {network.Describe()}", "bytes", seconds => PredictionMeasurement.BytesPerWord(RandomModel.Create(network), seconds))
            {
                Limit = 0,
                IsSteady = true,
            },
        ];
    }

    private static IEnumerable<ComparisonCase> ColdStarts(Sides sides, string commandLine) =>
    [
        new($"cold start to first prediction, {ColdStart.Network.Describe()}", "ms", _ => sides.OurStart(commandLine).Milliseconds())
        {
            Peer = _ => sides.PeerStart().Milliseconds(),
            Limit = 30,
            LowerIsBetter = true,
        },
        new($"cold start, peak resident memory, {ColdStart.Network.Describe()}", "MB", _ => sides.OurStart(commandLine).Megabytes())
        {
            Peer = _ => sides.PeerStart().Megabytes(),
            Limit = 35,
            LowerIsBetter = true,
        },
    ];

    private static double Megabytes(LanguageModel model)
    {
        using var file = new MemoryStream();
        model.Save(file);
        return file.Length / 1e6;
    }

    private static double WorkingSet(int windows)
        => double.Parse(ChildProcess.Run(ChildProcess.ThisProgram, "memory", $"{windows}"));
}
