using System.Text.Json;
using RnnLm.Benchmarks.Measurements;
using RnnLm.Torch;

namespace RnnLm.Benchmarks.Comparison.Peers;

/// <summary>The TorchSharp engine as a peer: answers the requests of a <see cref="PeerProcess"/> until its input ends.</summary>
static class TorchServer
{
    public static int Run()
    {
        var engine = new TorchEngine();
        try
        {
            var smallest = new NetworkSetting(CellKind.Elman, 1) { Vocabulary = 2 };
            engine.Start(smallest.RandomWeights(), smallest.Options(threads: 1)).Dispose();
        }
        catch (InvalidOperationException missing)
        {
            Write(new PeerProcess.Greeting(null, missing.Message));
            return 0;
        }
        Write(new PeerProcess.Greeting(BindingName()));
        while (Console.ReadLine() is { } line)
        {
            var request = JsonSerializer.Deserialize<PeerRequest>(line, PeerProcess.Json)!;
            if (request.Job != PeerRequest.Train) throw new NotSupportedException($"The TorchSharp engine trains only; the job was \"{request.Job}\".");
            Write(new PeerProcess.Answer(TrainingMeasurement.WordsPerSecond(engine, request.Network, request.Threads, request.Seconds)));
        }
        return 0;
    }

    private static string BindingName()
    {
        var name = typeof(TorchEngine).Assembly.GetReferencedAssemblies().Single(name => name.Name == "TorchSharp");
        return $"{name.Name} {name.Version}";
    }

    private static void Write<T>(T message) => Console.WriteLine(JsonSerializer.Serialize(message, PeerProcess.Json));
}
