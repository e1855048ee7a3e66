using RnnLm.Benchmarks.Comparison.Peers;
using RnnLm.Benchmarks.Measurements;

namespace RnnLm.Benchmarks.Comparison.Cases;

/// <summary>Training and prediction beside PyTorch: the sizes that the goals are set for, then others, to show where we win and where we do not.</summary>
static class SpeedCases
{
    private const double TrainingGoal = 2;
    private const double SampledTrainingGoal = 10;
    private const double NextWordGoal = 3;
    private const double QuantizedNextWordGoal = 6;
    private const int WikiText2Words = 33_278;

    public static IEnumerable<ComparisonCase> Of(Sides sides)
    {
        var small = new NetworkSetting(CellKind.Lstm, 200);
        var large = new NetworkSetting(CellKind.Lstm, 650);
        return
        [
            AsMain(Train(sides, small)),
            AsMain(NextWord(sides, small)),
            AsMain(Train(sides, large)),
            AsMain(NextWord(sides, large)),

            QuantizedNextWord(sides, small),
            QuantizedNextWord(sides, large),

            Train(sides, small with { Batch = 1 }),
            Train(sides, small with { Batch = 5 }),
            Train(sides, small with { Batch = 64 }),
            Train(sides, small with { Vocabulary = WikiText2Words }),
            TrainWith(new SampledSoftmax(), sides, small with { Vocabulary = WikiText2Words }) with { Goal = SampledTrainingGoal },
            TrainWith(new AdaptiveSoftmax(), sides, small with { Vocabulary = WikiText2Words }) with { Goal = null },
            NextWord(sides, small with { Vocabulary = WikiText2Words }),
            .. new[] { CellKind.Elman, CellKind.Relu, CellKind.Gru }
                .Select(cell => small with { Cell = cell })
                .SelectMany(network => new[] { Train(sides, network), NextWord(sides, network) }),
        ];
    }

    private static ComparisonCase AsMain(ComparisonCase comparison) => comparison with { IsMain = true, TimeShare = 1 };

    private static ComparisonCase Train(Sides sides, NetworkSetting network)
        => new($"train {network.DescribeWithBatches()}", "words/s", seconds => TrainingMeasurement.WordsPerSecond(sides.ManagedEngine, network, sides.Threads, seconds))
        {
            Peer = seconds => sides.PyTorch.Measure(new PeerRequest(PeerRequest.Train, network, sides.Threads, seconds)),
            Goal = TrainingGoal,
        };

    // The peer trains with its full softmax all the same: that is what the other kinds are to be faster than.
    private static ComparisonCase TrainWith(Softmax softmax, Sides sides, NetworkSetting network) => Train(sides, network) with
    {
        Name = $"train with the {softmax.Name} softmax, against the full one, {network.DescribeWithBatches()}",
        Ours = seconds => TrainingMeasurement.WordsPerSecond(sides.ManagedEngine, network with { Softmax = softmax }, sides.Threads, seconds),
    };

    private static ComparisonCase QuantizedNextWord(Sides sides, NetworkSetting network) => NextWord(sides, network) with
    {
        Name = $"next word in 8 bit {network.Describe()}",
        Ours = seconds => PredictionMeasurement.MicrosecondsPerWord(new Network(network.RandomWeights()).Quantize(), seconds),
        Goal = QuantizedNextWordGoal,
    };

    private static ComparisonCase NextWord(Sides sides, NetworkSetting network)
        => new($"next word {network.Describe()}", "us/word", seconds => PredictionMeasurement.MicrosecondsPerWord(new Network(network.RandomWeights()), seconds))
        {
            Peer = seconds => sides.PyTorch.Measure(new PeerRequest(PeerRequest.NextWord, network, sides.Threads, seconds)),
            Goal = NextWordGoal,
            LowerIsBetter = true,
        };
}
