using RnnLm.Benchmarks.Comparison.Peers;
using RnnLm.Benchmarks.Measurements;

namespace RnnLm.Benchmarks.Comparison.Cases;

/// <summary>What the processor can do, and which share of it training reaches.</summary>
static class PeakCases
{
    private const double Goal = 0.88;

    public static IEnumerable<ComparisonCase> Of(Sides sides) => [.. SharesOfPeak(sides), .. Peaks()];

    private static IEnumerable<ComparisonCase> SharesOfPeak(Sides sides) =>
        from network in new NetworkSetting[] { new(CellKind.Lstm, 200), new(CellKind.Lstm, 650) }
        select new ComparisonCase(
            $"train {network.DescribeWithBatches()}, against the fused-multiply-add peak",
            "GFLOP/s",
            seconds => TrainingMeasurement.WordsPerSecond(sides.ManagedEngine, network, sides.Threads, seconds) * network.OperationsPerWord / 1e9)
        {
            Peer = seconds => FusedMultiplyAddPeak.Measure(sides.Threads, seconds / 4),
            Goal = Goal,
        };

    private static IEnumerable<ComparisonCase> Peaks() =>
        from width in FusedMultiplyAddPeak.Widths
        from threads in Environment.ProcessorCount < 2 ? [1] : new[] { 1, 2 }
        select new ComparisonCase(
            $"fused-multiply-add peak, {width} bit, {threads} thread{(threads == 1 ? "" : "s")}",
            "GFLOP/s",
            seconds => FusedMultiplyAddPeak.Measure(width, threads, seconds / 4));
}
