using System.Diagnostics;
using System.Text.Json;

namespace RnnLm.Benchmarks.Comparison;

/// <summary>PyTorch in a process of its own, which waits without using a processor while our side is measured.</summary>
sealed class PeerProcess : IDisposable
{
    private readonly Process process;

    public PeerProcess(string python, string script, int threads)
    {
        var start = new ProcessStartInfo(python, [script, threads.ToString()])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        // OpenBLAS takes newer processors for a Haswell; this is its best on those with AVX-512.
        if (System.Runtime.Intrinsics.Vector512.IsHardwareAccelerated) start.Environment["OPENBLAS_CORETYPE"] = "SkylakeX";
        process = Process.Start(start)!;
        Version = Read().GetProperty("version").GetString()!;
    }

    public string Version { get; }

    public double Measure(ComparisonCase comparison, double seconds)
    {
        process.StandardInput.WriteLine(JsonSerializer.Serialize(new
        {
            job = comparison.Job,
            cell = comparison.Cell.ToString().ToLowerInvariant(),
            layers = comparison.Layers,
            size = comparison.Size,
            vocabulary = comparison.Vocabulary,
            batch = comparison.Batch,
            window = comparison.Window,
            dropout = comparison.Dropout,
            seconds,
        }));
        process.StandardInput.Flush();
        return Read().GetProperty("wordsPerSecond").GetDouble();
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }

    private JsonElement Read()
        => JsonDocument.Parse(process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The peer's process ended; see its message above.")).RootElement;
}
