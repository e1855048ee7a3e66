using RnnLm.Benchmarks.Measurements;
using RnnLm.Torch;
using TorchSharp;

namespace RnnLm.Benchmarks.Comparison.Peers;

/// <summary>libtorch as a peer, by way of TorchSharp.</summary>
/// <remarks>
/// It trains with our TorchSharp engine, which is as fast as a loop over one stacked <c>nn.LSTM</c> with <c>nn.Linear</c>,
/// <c>cross_entropy</c> and <c>optim.SGD</c>: its layers run in the same kernels, one call a layer.
/// </remarks>
static class LibtorchServer
{
    public static int Run()
    {
        var engine = new TorchEngine();
        return PeerServer.Run($"libtorch {torch.__version__} by TorchSharp {typeof(torch).Assembly.GetName().Version?.ToString(3)}", request => request.Job switch
        {
            PeerRequest.Train => new PeerProcess.Answer(TrainingMeasurement.WordsPerSecond(engine, request.Network, request.Threads, request.Seconds)),
            _ => throw new NotSupportedException($"libtorch has no job \"{request.Job}\"."),
        });
    }
}
