using System.Diagnostics;

namespace RnnLm.Benchmarks.Serve;

/// <summary><c>rnnlm serve</c> as a process of its own.</summary>
sealed class ServerProcess : IDisposable
{
    private readonly Process process;

    /// <param name="rnnlm">The command line tool.</param>
    /// <param name="model">The model that it serves.</param>
    public ServerProcess(string rnnlm, string model)
    {
        process = Process.Start(new ProcessStartInfo(rnnlm, ["serve", model, "--urls", "http://127.0.0.1:0"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data?.Contains(" error: ", StringComparison.Ordinal) ?? false) Console.WriteLine($"  {line.Data}");
        };
        process.BeginErrorReadLine();
        Address = new Uri(process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The server has not begun to listen."));
    }

    public Uri Address { get; }

    /// <summary>The bytes of memory that it has resident.</summary>
    public long Memory
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }
}
