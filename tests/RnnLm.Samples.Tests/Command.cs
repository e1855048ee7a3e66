using System.Diagnostics;

namespace RnnLm.Samples.Tests;

/// <summary>Runs commands as a user types them.</summary>
internal static class Command
{
    /// <summary>Where the machine keeps packages, or would.</summary>
    public static string MachinePackages { get; } = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } packages
        ? packages
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    public static string Dotnet { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <summary>Whether a program is there that can be named without its folder.</summary>
    public static bool IsOnPath(string program)
        => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    /// <summary>Runs a command, which must succeed.</summary>
    /// <returns>What it printed.</returns>
    public static async Task<string> Run(string folder, string command, string[] arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var (code, output, errors) = await Try(folder, command, arguments, environment);
        Assert.True(code == 0, $"{command} {string.Join(' ', arguments)}: exit code {code}\n{output}\n{errors}");
        return output;
    }

    /// <summary>Runs a command, which may fail.</summary>
    public static async Task<(int Code, string Output, string Errors)> Try(
        string folder, string command, string[] arguments, IReadOnlyDictionary<string, string>? environment = null, string input = "")
    {
        using var process = Start(folder, command, arguments, environment);
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await errors);
    }

    public static Process Start(string folder, string command, string[] arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(command, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["DOTNET_CLI_UI_LANGUAGE"] = "en",
                ["DOTNET_NOLOGO"] = "1",
                // A build that outlived the test would keep hold of its folder.
                ["MSBUILDDISABLENODEREUSE"] = "1",
                ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
            },
        };
        // What `dotnet test` tells the tests about its own build is not meant for another one.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBuild", StringComparison.Ordinal)).ToList()) start.Environment.Remove(name);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
