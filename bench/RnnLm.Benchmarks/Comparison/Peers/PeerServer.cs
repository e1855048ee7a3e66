using System.Text.Json;

namespace RnnLm.Benchmarks.Comparison.Peers;

/// <summary>A peer at work: answers the requests of a <see cref="PeerProcess"/> until its input ends.</summary>
static class PeerServer
{
    /// <param name="name">The peer and its version.</param>
    /// <param name="measure">Does what a request asks for.</param>
    public static int Run(string name, Func<PeerRequest, PeerProcess.Answer> measure)
    {
        Write(new PeerProcess.Greeting(name));
        while (Console.ReadLine() is { } line) Write(measure(JsonSerializer.Deserialize<PeerRequest>(line, PeerProcess.Json)!));
        return 0;
    }

    private static void Write<T>(T message) => Console.WriteLine(JsonSerializer.Serialize(message, PeerProcess.Json));
}
