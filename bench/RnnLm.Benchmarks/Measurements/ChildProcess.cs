using System.Diagnostics;

namespace RnnLm.Benchmarks.Measurements;

/// <summary>A process that is run to its end.</summary>
static class ChildProcess
{
    /// <summary>Runs a program and returns what it writes to standard output; its messages go where ours go.</summary>
    /// <exception cref="InvalidOperationException">The program failed.</exception>
    public static string Run(string program, params IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"\"{program} {string.Join(' ', arguments)}\" failed with exit code {process.ExitCode}; see its message above.");
    }
}
