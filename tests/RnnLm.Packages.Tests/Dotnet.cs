using System.Diagnostics;

namespace RnnLm.Packages.Tests;

/// <summary>Runs commands as on a machine of their own: packages go to a folder of their own, and those that the machine has are only read.</summary>
/// <param name="folder">The folder that everything is in.</param>
internal sealed class Dotnet(string folder)
{
    /// <summary>Where the machine keeps packages, or would.</summary>
    public static string MachinePackages { get; } = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } packages
        ? packages
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    /// <summary>Runs <c>dotnet</c>, which must succeed.</summary>
    /// <returns>What it printed.</returns>
    public Task<string> Run(string workingFolder, params string[] arguments)
        => Run(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", workingFolder, arguments);

    /// <summary>Runs a command, which must succeed.</summary>
    /// <returns>What it printed.</returns>
    public async Task<string> Run(string command, string workingFolder, string[] arguments)
    {
        var start = new ProcessStartInfo(command, arguments)
        {
            WorkingDirectory = workingFolder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["NUGET_PACKAGES"] = Path.Combine(folder, "packages"),
                ["NUGET_HTTP_CACHE_PATH"] = Path.Combine(folder, "http-cache"),
                ["DOTNET_CLI_UI_LANGUAGE"] = "en",
                ["DOTNET_NOLOGO"] = "1",
                // A build that outlived the test would keep hold of its folder.
                ["MSBUILDDISABLENODEREUSE"] = "1",
                ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
            },
        };
        // What `dotnet test` tells the tests about its own build is not meant for another one.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBuild", StringComparison.Ordinal)).ToList()) start.Environment.Remove(name);
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{command} {string.Join(' ', arguments)}: exit code {process.ExitCode}\n{output}\n{await errors}");
        return output;
    }
}
