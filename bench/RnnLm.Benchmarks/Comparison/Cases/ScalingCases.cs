using RnnLm.Benchmarks.Comparison.Peers;
using RnnLm.Benchmarks.Measurements;

namespace RnnLm.Benchmarks.Comparison.Cases;

/// <summary>Training on two threads against one: of the managed engine, and of libtorch by itself.</summary>
static class ScalingCases
{
    private const double Goal = 1.9;

    public static IEnumerable<ComparisonCase> Of(Sides sides)
    {
        if (Environment.ProcessorCount < 2) yield break;
        foreach (var network in new NetworkSetting[] { new(CellKind.Lstm, 200), new(CellKind.Lstm, 650) })
        {
            double Ours(int threads, double seconds) => TrainingMeasurement.WordsPerSecond(sides.ManagedEngine, network, threads, seconds);
            double Libtorchs(int threads, double seconds) => sides.Libtorch(new PeerRequest(PeerRequest.Train, network, threads, seconds));
            yield return Scaling("managed engine", network, Ours) with { Goal = Goal };
            yield return Scaling("libtorch by itself", network, Libtorchs);
        }
    }

    private static ComparisonCase Scaling(string who, NetworkSetting network, Func<int, double, double> measure)
        => new($"two threads against one: {who}, train {network.Describe()}", "words/s", seconds => measure(2, seconds)) { Peer = seconds => measure(1, seconds) };
}
