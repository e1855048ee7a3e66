using RnnLm.Benchmarks.Comparison.Peers;
using RnnLm.Benchmarks.Measurements;

namespace RnnLm.Benchmarks.Comparison.Cases;

/// <summary>The managed engine beside the TorchSharp engine, behind the same seam and over the same windows.</summary>
static class TorchSharpCases
{
    public static IEnumerable<ComparisonCase> Of(Sides sides) =>
        from network in new NetworkSetting[]
        {
            new(CellKind.Lstm, 200),
            new(CellKind.Lstm, 650),
            new(CellKind.Lstm, 200) { Vocabulary = 33_278 },
        }
        select new ComparisonCase(
            $"train {network.DescribeWithBatches()}, against the TorchSharp engine",
            "words/s",
            seconds => TrainingMeasurement.WordsPerSecond(sides.ManagedEngine, network, sides.Threads, seconds))
        {
            Peer = seconds => sides.TorchSharp.Measure(new PeerRequest(PeerRequest.Train, network, sides.Threads, seconds)),
            Goal = 2,
        };
}
