using System.Diagnostics;
using System.Text.RegularExpressions;

namespace RnnLm.Web.Tests;

/// <summary>samples/Web as a process of its own, on a port that was free.</summary>
internal sealed partial class RunningServer : IDisposable
{
    private readonly Process process;
    private readonly Task output; // read on, so that the process never waits for a reader
    private readonly Task<string> error;

    private RunningServer(Process process, Uri address)
    {
        this.process = process;
        Address = address;
        output = process.StandardOutput.ReadToEndAsync();
        error = process.StandardError.ReadToEndAsync();
    }

    public Uri Address { get; }

    public static async Task<RunningServer> Start(params IEnumerable<string> arguments)
    {
        var process = Samples.Start([Samples.Server, .. arguments, "--urls", "http://127.0.0.1:0"]);
        while (await process.StandardOutput.ReadLineAsync().WaitAsync(Samples.Patience) is { } line)
            if (Opened().Match(line) is { Success: true } match) return new RunningServer(process, new Uri(match.Groups[1].Value));
        throw new InvalidOperationException($"The server has not started. {await process.StandardError.ReadToEndAsync()}");
    }

    public void Dispose()
    {
        process.Kill();
        Task.WaitAll(output, error);
        process.Dispose();
    }

    [GeneratedRegex(@"^Open (http://\S+) in a browser")]
    private static partial Regex Opened();
}
