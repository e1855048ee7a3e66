using System.Diagnostics;

namespace RnnLm.Cli.Tests;

/// <summary>A copy of <c>rnnlm</c> without the native library of TorchSharp, run as a process of its own.</summary>
public sealed class Installation : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("rnnlm-installation-");

    /// <param name="withTorchSharp">Whether the assemblies of the engine and of TorchSharp are there.</param>
    public Installation(bool withTorchSharp)
    {
        // Without rnnlm.deps.json every assembly in the folder is found, and none is missed that is not used.
        foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll").Append(Path.Combine(AppContext.BaseDirectory, "rnnlm.runtimeconfig.json")))
        {
            var name = Path.GetFileName(file);
            if (withTorchSharp || !name.Contains("Torch", StringComparison.OrdinalIgnoreCase)) File.Copy(file, Path.Combine(folder.FullName, name));
        }
    }

    public Outcome Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(folder.FullName, "rnnlm.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Where TorchSharp looks for a libtorch that is not beside it; by default that is where NuGet keeps packages.
        start.Environment["NUGET_PACKAGES"] = Path.Combine(folder.FullName, "no-packages");
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Outcome(process.ExitCode, output, error.GetAwaiter().GetResult());
    }

    public void Dispose() => folder.Delete(recursive: true);
}
