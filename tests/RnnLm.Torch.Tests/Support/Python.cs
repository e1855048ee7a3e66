using System.Diagnostics;

namespace RnnLm.Torch.Tests;

/// <summary>A Python that can import torch.</summary>
internal static class Python
{
    // Debian's python3-torch belongs to Debian's python3, which another python3 on the path may hide.
    private static readonly string[] Candidates = ["python3", "/usr/bin/python3", "python"];

    private static readonly Lazy<string?> Found = new(()
        => Candidates.FirstOrDefault(candidate => Start(candidate, "-c", "import torch, numpy").ExitCode == 0));

    public static string? ReasonToSkip => Found.Value is null
        ? $"None of {string.Join(", ", Candidates)} can import torch (on Debian: apt-get install python3-torch)."
        : null;

    public static void Run(string script, params string[] arguments)
    {
        var (exitCode, error) = Start(Found.Value!, [Path.Combine(AppContext.BaseDirectory, "Python", script), .. arguments]);
        Assert.True(exitCode == 0, $"{script} {string.Join(' ', arguments)} failed:\n{error}");
    }

    private static (int ExitCode, string Error) Start(string program, params IEnumerable<string> arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            var error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, error);
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            return (-1, error.Message);
        }
    }
}
