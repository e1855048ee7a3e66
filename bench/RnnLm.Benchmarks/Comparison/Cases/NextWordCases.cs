using RnnLm.Benchmarks.Comparison.Peers;
using RnnLm.Benchmarks.Measurements;

namespace RnnLm.Benchmarks.Comparison.Cases;

/// <summary>
/// Reading one word and the distribution of the next beside ONNX Runtime: with as many threads as either side is fastest with, and with one thread each; then other
/// networks, to show where we win and where we do not.
/// </summary>
static class NextWordCases
{
    private const double Goal = 1.5;
    private const double QuantizedGoal = 1.8;

    public static IEnumerable<ComparisonCase> Of(Sides sides)
    {
        var small = new NetworkSetting(CellKind.Lstm, 200);
        var large = new NetworkSetting(CellKind.Lstm, 650);
        return
        [
            .. new[] { small, large }.SelectMany(network => new[]
            {
                NextWord(sides, network, sides.Threads) with { IsMain = true },
                NextWord(sides, network, threads: 1),
                QuantizedNextWord(sides, network, sides.Threads) with { IsMain = true },
                QuantizedNextWord(sides, network, threads: 1),
            }),
            NextWord(sides, small with { Vocabulary = NetworkSetting.WikiText2Words }, sides.Threads),
            .. new[] { CellKind.Elman, CellKind.Relu, CellKind.Gru }.Select(cell => NextWord(sides, small with { Cell = cell }, sides.Threads)),
        ];
    }

    private static ComparisonCase NextWord(Sides sides, NetworkSetting network, int threads)
        => Case(sides, new PeerRequest(PeerRequest.NextWord, network, threads, Seconds: 0), () => network.RandomNetwork()) with { Goal = Goal };

    private static ComparisonCase QuantizedNextWord(Sides sides, NetworkSetting network, int threads)
        => Case(sides, new PeerRequest(PeerRequest.QuantizedNextWord, network, threads, Seconds: 0), () => network.RandomNetwork(quantized: true)) with { Goal = QuantizedGoal };

    private static ComparisonCase Case(Sides sides, PeerRequest request, Func<Network> ours)
        => new(request.Name, "us/word", seconds => request.Threads == 1 ? sides.OneThread(request with { Seconds = seconds }) : PredictionMeasurement.MicrosecondsPerWord(ours(), seconds))
        {
            Peer = seconds => sides.OnnxRuntime(request with { Seconds = seconds }),
            LowerIsBetter = true,
        };
}
