using System.Runtime.InteropServices;

namespace RnnLm.Samples.Tests;

/// <summary>A test that compiles a program to native code; it is skipped, saying what is missing, where this machine cannot.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NativeFactAttribute : FactAttribute
{
    // What publishing looks for, in this order.
    private static readonly string[] Linkers = ["clang", "gcc"];

    private static readonly Lazy<string?> Missing = new(() => FindMissing() is { } missing ? $"No program is compiled to native code: {missing}" : null);

    public NativeFactAttribute() => Skip = Missing.Value;

    private static string? FindMissing()
    {
        if (OperatingSystem.IsWindows()) return "the tests look for the linker of Linux and macOS alone.";
        if (!Linkers.Any(Command.IsOnPath)) return $"this machine has none of {string.Join(", ", Linkers)}, which link it. On Debian: apt-get install gcc zlib1g-dev";
        var folder = Directory.CreateTempSubdirectory("rnnlm-native-");
        try
        {
            var (code, output, errors) = Command.Try(
                Samples.Repository, Command.Dotnet,
                ["restore", Samples.Source("samples", "NativePredict"), "-r", RuntimeInformation.RuntimeIdentifier, "--artifacts-path", folder.FullName, "-v", "q"]).GetAwaiter().GetResult();
            return code == 0 ? null : $"its compiler, the package Microsoft.DotNet.ILCompiler, is neither on this machine nor to be had. {output.Trim()} {errors.Trim()}";
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
