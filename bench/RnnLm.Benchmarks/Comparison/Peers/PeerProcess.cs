using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using RnnLm.Benchmarks.Measurements;

namespace RnnLm.Benchmarks.Comparison.Peers;

/// <summary>
/// A peer in a process of its own, which waits without using a processor while our side is measured. It says who it is in one line of
/// JSON, and answers each request, a line, with a line.
/// </summary>
sealed class PeerProcess : IDisposable
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    private readonly Process process;

    /// <summary>Starts a peer.</summary>
    /// <param name="verb">What this program has to be told to be it.</param>
    /// <param name="environment">The settings it is fastest with.</param>
    public PeerProcess(string verb, params IReadOnlyList<(string Name, string Value)> environment)
    {
        var start = new ProcessStartInfo(ChildProcess.ThisProgram, [verb]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        process = Process.Start(start)!;
        Name = Read<Greeting>().Name;
    }

    /// <summary>The peer and its version.</summary>
    public string Name { get; }

    public Answer Measure(PeerRequest request)
    {
        process.StandardInput.WriteLine(JsonSerializer.Serialize(request, Json));
        process.StandardInput.Flush();
        return Read<Answer>();
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }

    private T Read<T>()
        => JsonSerializer.Deserialize<T>(process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The peer's process ended; see its message above."), Json)!;

    /// <summary>A peer's first line.</summary>
    /// <param name="Name">The peer and its version.</param>
    public sealed record Greeting(string Name);

    /// <summary>A peer's answer to a request.</summary>
    /// <param name="Figure">The figure, in the job's unit.</param>
    /// <param name="Way">How it came about, where the peer chose among several ways.</param>
    public sealed record Answer(double Figure, string? Way = null);
}
