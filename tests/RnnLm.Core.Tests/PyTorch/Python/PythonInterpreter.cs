using System.Diagnostics;

namespace RnnLm.Tests.PyTorch.Python;

/// <summary>A Python that has torch.</summary>
internal static class PythonInterpreter
{
    // Debian's python3-torch belongs to Debian's python3, which another python3 on the path may hide.
    private static readonly string[] Candidates = ["python3", "/usr/bin/python3", "python"];

    private const string HasTorch = "import importlib.util as u, sys; sys.exit(0 if u.find_spec('torch') and u.find_spec('numpy') else 1)";

    private static readonly Lazy<string?> Found = new(() => Candidates.FirstOrDefault(candidate => Start(candidate, "-c", HasTorch).ExitCode == 0));

    /// <summary>Why tests that need it are skipped; null where they are not.</summary>
    public static string? ReasonToSkip => Found.Value is null
        ? $"None of {string.Join(", ", Candidates)} has torch and numpy (on Debian: apt-get install python3-torch)."
        : null;

    public static void Run(string script, params string[] arguments)
    {
        var (exitCode, error) = Start(Found.Value!, [Path.Combine(AppContext.BaseDirectory, "PyTorch", "Python", script), .. arguments]);
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
