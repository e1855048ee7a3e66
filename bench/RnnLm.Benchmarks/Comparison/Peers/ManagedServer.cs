using RnnLm.Benchmarks.Measurements;

namespace RnnLm.Benchmarks.Comparison.Peers;

/// <summary>Managed inference in a process of its own, for what is decided when a process starts: with one processor it has no helper threads.</summary>
static class ManagedServer
{
    public static int Run() => PeerServer.Run("managed inference", request => request.Job switch
    {
        PeerRequest.NextWord => Predict(request, quantized: false),
        PeerRequest.QuantizedNextWord => Predict(request, quantized: true),
        _ => throw new NotSupportedException($"Managed inference has no job \"{request.Job}\"."),
    });

    private static PeerProcess.Answer Predict(PeerRequest request, bool quantized)
        => new(PredictionMeasurement.MicrosecondsPerWord(request.Network.RandomNetwork(quantized), request.Seconds));
}
