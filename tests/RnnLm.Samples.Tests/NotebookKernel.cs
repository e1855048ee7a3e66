namespace RnnLm.Samples.Tests;

/// <summary>The kernel of .NET for Jupyter, installed as the guide to notebooks says, but into the repository's folder of what is made, where it is kept.</summary>
internal static class NotebookKernel
{
    private const string Version = "1.0.712001";

    private static string Folder => Samples.Source("artifacts", $"dotnet-interactive-{Version}");

    /// <summary>Installs the kernel where it is not there yet.</summary>
    /// <returns>What tells Jupyter where it is.</returns>
    public static async Task<IReadOnlyDictionary<string, string>> Install()
    {
        var kernels = Path.Combine(Folder, "jupyter", "kernels");
        var environment = new Dictionary<string, string>
        {
            ["PATH"] = $"{Folder}{Path.PathSeparator}{Path.GetDirectoryName(Environment.ProcessPath)}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}",
            ["JUPYTER_PATH"] = Path.Combine(Folder, "jupyter"),
            ["DOTNET_INTERACTIVE_CLI_TELEMETRY_OPTOUT"] = "1",
        };
        if (Directory.Exists(Path.Combine(kernels, ".net-csharp"))) return environment;
        Directory.CreateDirectory(kernels);
        await Command.Run(Samples.Repository, Command.Dotnet, ["tool", "install", "Microsoft.dotnet-interactive", "--version", Version, "--tool-path", Folder]);
        await Command.Run(Folder, Path.Combine(Folder, "dotnet-interactive"), ["jupyter", "install", "--path", kernels], environment);
        return environment;
    }
}
