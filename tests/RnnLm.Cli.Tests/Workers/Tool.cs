using System.Diagnostics;

namespace RnnLm.Cli.Tests.Workers;

/// <summary>A program of the system that a test runs in a folder.</summary>
internal static class Tool
{
    // No test waits so long but one that has failed.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static Process Start(string folder, string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>Waits for a program that was started.</summary>
    public static async Task<Outcome> Wait(Process process, string input = "")
    {
        using (process)
        using (var limit = new CancellationTokenSource(Patience))
        {
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.StandardInput.WriteAsync(input.AsMemory(), limit.Token);
            process.StandardInput.Close();
            await process.WaitForExitAsync(limit.Token);
            return new Outcome(process.ExitCode, await output, await error);
        }
    }

    public static Task<Outcome> Run(string folder, string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string input = "")
        => Wait(Start(folder, program, arguments, environment), input);

    /// <summary>Waits until something is so.</summary>
    public static async Task Until(Func<Task<bool>> isSo)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!await isSo()) await Task.Delay(20, limit.Token);
    }
}
