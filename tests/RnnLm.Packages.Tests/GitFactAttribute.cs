using System.ComponentModel;
using System.Diagnostics;

namespace RnnLm.Packages.Tests;

/// <summary>A test that needs git; it is skipped, saying so, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class GitFactAttribute : FactAttribute
{
    private static readonly Lazy<bool> IsThere = new(() =>
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("git", ["--version"]) { RedirectStandardOutput = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    });

    public GitFactAttribute() => Skip = IsThere.Value ? null : "There is no git on this machine.";
}
