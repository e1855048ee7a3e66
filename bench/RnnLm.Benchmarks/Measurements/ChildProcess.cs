using System.Diagnostics;

namespace RnnLm.Benchmarks.Measurements;

/// <summary>A process that is run to its end.</summary>
static class ChildProcess
{
    /// <summary>This program, to be run once more.</summary>
    public static string ThisProgram { get; } = Path.ChangeExtension(typeof(ChildProcess).Assembly.Location, OperatingSystem.IsWindows() ? "exe" : null);

    /// <summary>Runs a program and returns what it writes to standard output; its messages go where ours go.</summary>
    /// <exception cref="InvalidOperationException">The program failed.</exception>
    public static string Run(string program, params IEnumerable<string> arguments)
    {
        using var process = Start(program, arguments);
        var output = process.StandardOutput.ReadToEnd();
        RequireSuccess(process);
        return output;
    }

    /// <summary>Starts a program whose output can be read.</summary>
    public static Process Start(string program, IEnumerable<string> arguments)
        => Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;

    /// <summary>Waits for the end of a program.</summary>
    /// <exception cref="InvalidOperationException">The program failed.</exception>
    public static void RequireSuccess(Process process)
    {
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException(
                $"\"{process.StartInfo.FileName} {string.Join(' ', process.StartInfo.ArgumentList)}\" failed with exit code {process.ExitCode}; see its message above.");
        }
    }
}
