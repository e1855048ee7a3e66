using System.Runtime.InteropServices;

namespace RnnLm.Packages.Tests;

/// <summary>A test that compiles the command to native code; it is skipped, saying what is missing, where this machine cannot.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NativeFactAttribute : FactAttribute
{
    private const string Compiler = "Microsoft.DotNet.ILCompiler";

    // What publishing looks for, in this order.
    private static readonly string[] Linkers = ["clang", "gcc"];

    private bool needsLibtorch;

    public NativeFactAttribute() => Skip = FindMissing() is { } missing ? $"The command is not compiled to native code: {missing}" : null;

    /// <summary>Whether the test needs libtorch too.</summary>
    public bool NeedsLibtorch
    {
        get => needsLibtorch;
        set
        {
            needsLibtorch = value;
            if (value) Skip ??= LibtorchFactAttribute.Missing;
        }
    }

    /// <summary>This machine's kind, as packages name it.</summary>
    public static string Runtime { get; } = RuntimeInformation.RuntimeIdentifier;

    private static string? FindMissing()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64) return "the tests do it on Linux with x64 processors alone.";
        if (!Linkers.Any(IsOnPath)) return $"this machine has none of {string.Join(", ", Linkers)}, which link it. On Debian: apt-get install gcc zlib1g-dev";
        // Restored is the one of the runtime that the SDK brings.
        return Directory.Exists(Path.Combine(Dotnet.MachinePackages, $"runtime.{Runtime}.{Compiler}".ToLowerInvariant(), Environment.Version.ToString(3)))
            ? null
            : $"its compiler, the package runtime.{Runtime}.{Compiler} {Environment.Version.ToString(3)}, is not on this machine. The tests of samples/NativePredict fetch it, where it is to be had.";
    }

    private static bool IsOnPath(string command)
        => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Any(folder => File.Exists(Path.Combine(folder, command)));
}
