using System.ComponentModel;
using System.Diagnostics;

namespace RnnLm.Samples.Tests;

/// <summary>A test that runs notebooks with Jupyter; it is skipped, saying so, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class JupyterTheoryAttribute : TheoryAttribute
{
    private static readonly Lazy<bool> IsThere = new(() =>
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("jupyter", ["nbconvert", "--version"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    });

    public JupyterTheoryAttribute()
        => Skip = IsThere.Value ? null : "No notebook is run: there is no Jupyter on this machine. On Debian: apt-get install jupyter-client jupyter-nbconvert python3-ipykernel";
}
