using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace RnnLm.Web.Tests;

/// <summary>The samples as they were built beside the tests, and <c>dotnet</c> that runs them.</summary>
internal static class Samples
{
    // No test waits so long but one that has failed.
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    // The tests are in <project>/bin/<configuration>/<framework>/.
    private static readonly DirectoryInfo Framework = new(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));

    public static string Configuration => Framework.Parent!.Name;

    public static string Server => Path.Combine(Repository, "samples", "Web", "bin", Configuration, Framework.Name, "Web.dll");

    public static string BrowserProject => Path.Combine(Repository, "samples", "Web.Browser", "Web.Browser.csproj");

    public static string Repository => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", ".."));

    /// <summary>Starts <c>dotnet</c>, its output and errors in the hands of the caller.</summary>
    public static Process Start(params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // A build that outlived the tests would keep hold of its folder.
            Environment = { ["MSBUILDDISABLENODEREUSE"] = "1", ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0", ["DOTNET_CLI_UI_LANGUAGE"] = "en", ["DOTNET_NOLOGO"] = "1" },
        };
        // What `dotnet test` tells the tests about its own build is not meant for another one.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBuild", StringComparison.Ordinal) || name.StartsWith("ASPNETCORE_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        return Process.Start(start)!;
    }

    /// <summary>Runs <c>dotnet</c> to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> Run(params IEnumerable<string> arguments)
    {
        using var process = Start(arguments);
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync().WaitAsync(Patience);
        await process.WaitForExitAsync().WaitAsync(Patience);
        return (process.ExitCode, output, await error);
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
