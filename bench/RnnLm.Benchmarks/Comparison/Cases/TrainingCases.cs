using RnnLm.Benchmarks.Comparison.Peers;
using RnnLm.Benchmarks.Measurements;

namespace RnnLm.Benchmarks.Comparison.Cases;

/// <summary>Training beside libtorch: the sizes that the goals are set for, then others, to show where we win and where we do not; and how it starts.</summary>
static class TrainingCases
{
    private const double Goal = 1.4;
    private const double SampledGoal = 10;
    private const double StartGoal = 0.8;

    public static IEnumerable<ComparisonCase> Of(Sides sides)
    {
        var small = new NetworkSetting(CellKind.Lstm, 200);
        var large = new NetworkSetting(CellKind.Lstm, 650);
        var wide = small with { Vocabulary = NetworkSetting.WikiText2Words };
        return
        [
            Train(sides, small) with { IsMain = true, TimeShare = 1 },
            Train(sides, large) with { IsMain = true, TimeShare = 1 },

            Train(sides, small with { Batch = 1 }),
            Train(sides, small with { Batch = 5 }),
            Train(sides, small with { Batch = 64 }),
            .. new[] { CellKind.Elman, CellKind.Relu, CellKind.Gru }.Select(cell => Train(sides, small with { Cell = cell })),
            Train(sides, wide),
            TrainWith(new SampledSoftmax(), sides, wide) with { Goal = SampledGoal },
            TrainWith(new SampledSoftmax(), sides, wide with { WithAdam = true }) with { Goal = SampledGoal },
            TrainWith(new AdaptiveSoftmax(), sides, wide) with { Goal = null },

            Start(),
        ];
    }

    private static ComparisonCase Train(Sides sides, NetworkSetting network)
        => new($"train {network.DescribeWithBatches()}", "words/s", seconds => TrainingMeasurement.WordsPerSecond(sides.ManagedEngine, network, sides.Threads, seconds))
        {
            Peer = seconds => sides.Libtorch(new PeerRequest(PeerRequest.Train, network, sides.Threads, seconds)),
            Goal = Goal,
        };

    // The peer trains with its full softmax all the same: that is what the other kinds are to be faster than.
    private static ComparisonCase TrainWith(Softmax softmax, Sides sides, NetworkSetting network) => Train(sides, network) with
    {
        Name = $"train with the {softmax.Name} softmax, against the full one, {network.DescribeWithBatches()}",
        Ours = seconds => TrainingMeasurement.WordsPerSecond(sides.ManagedEngine, network with { Softmax = softmax }, sides.Threads, seconds),
    };

    private static ComparisonCase Start()
        => new($"first second of a training of {TrainingStart.ShortText:N0} words, against a long one, {TrainingStart.Network.DescribeWithBatches()}", "words/s", _ => Start(TrainingStart.ShortText))
        {
            Peer = _ => Start(TrainingStart.LongText),
            Goal = StartGoal,
        };

    private static double Start(int words) => double.Parse(ChildProcess.Run(ChildProcess.ThisProgram, "training-start", $"{words}"));
}
