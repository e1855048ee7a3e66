using System.Text.Json;
using RnnLm.Benchmarks.Measurements;
using RnnLm.Torch;
using TorchSharp;

namespace RnnLm.Benchmarks.Comparison.Peers;

/// <summary>
/// libtorch as a peer, by way of TorchSharp: answers the requests of a <see cref="PeerProcess"/> until its input ends.
/// </summary>
/// <remarks>
/// It trains with our TorchSharp engine, which is as fast as a loop over one stacked <c>nn.LSTM</c> with <c>nn.Linear</c>,
/// <c>cross_entropy</c> and <c>optim.SGD</c>: its layers run in the same kernels, one call a layer.
/// </remarks>
static class LibtorchServer
{
    public static int Run()
    {
        var engine = new TorchEngine();
        Write(new PeerProcess.Greeting($"libtorch {torch.__version__} by TorchSharp {typeof(torch).Assembly.GetName().Version?.ToString(3)}"));
        while (Console.ReadLine() is { } line)
        {
            var (job, network, threads, seconds) = JsonSerializer.Deserialize<PeerRequest>(line, PeerProcess.Json)!;
            Write(new PeerProcess.Answer(job switch
            {
                PeerRequest.Train => TrainingMeasurement.WordsPerSecond(engine, network, threads, seconds),
                PeerRequest.NextWord => LibtorchPrediction.MicrosecondsPerWord(network, threads, seconds),
                _ => throw new NotSupportedException($"There is no job \"{job}\"."),
            }));
        }
        return 0;
    }

    private static void Write<T>(T message) => Console.WriteLine(JsonSerializer.Serialize(message, PeerProcess.Json));
}
