using Microsoft.ML.OnnxRuntime;

namespace RnnLm.Benchmarks.Comparison.Peers;

/// <summary>ONNX Runtime as a peer.</summary>
static class OnnxRuntimeServer
{
    public static int Run() => PeerServer.Run($"ONNX Runtime {OrtEnv.Instance().GetVersionString()}", Measure);

    private static PeerProcess.Answer Measure(PeerRequest request) => request.Job switch
    {
        PeerRequest.NextWord => OnnxRuntimePrediction.MicrosecondsPerWord(request.Network, quantized: false, request.Threads, request.Seconds),
        PeerRequest.QuantizedNextWord => OnnxRuntimePrediction.MicrosecondsPerWord(request.Network, quantized: true, request.Threads, request.Seconds),
        _ => throw new NotSupportedException($"ONNX Runtime has no job \"{request.Job}\"."),
    };
}
