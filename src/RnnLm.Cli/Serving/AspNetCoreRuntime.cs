using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace RnnLm.Cli.Serving;

/// <summary>
/// ASP.NET Core, a framework beside the one of .NET, which not every machine has that has .NET. Only <c>rnnlm serve</c> needs it, so it is not asked for when the process begins, but
/// found and loaded then.
/// </summary>
static class AspNetCoreRuntime
{
    private const string Framework = "Microsoft.AspNetCore.App";
    private const string SomeAssembly = "Microsoft.AspNetCore.Server.Kestrel.Core.dll";

    /// <summary>Makes its assemblies known to this process, once.</summary>
    /// <exception cref="InvalidOperationException">It is not there; the message says what to install.</exception>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "What is trimmed is compiled ahead of time, and loads nothing.")]
    public static void Load()
    {
        // An application that brings its runtime along has it, and so has a host that asked for it.
        if (AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") is string trusted && trusted.Contains(SomeAssembly, StringComparison.Ordinal)) return;
        // Compiled ahead of time, it is part of the command.
        if (!RuntimeFeature.IsDynamicCodeSupported) return;
        var folder = FindFolder(RuntimeEnvironment.GetRuntimeDirectory(), Environment.Version);
        AssemblyLoadContext.Default.Resolving += (context, name)
            => Path.Combine(folder, $"{name.Name}.dll") is var path && File.Exists(path) ? context.LoadFromAssemblyPath(path) : null;
    }

    /// <summary>The folder that has it, beside that of the .NET runtime: of the same version but for the last number, of which the greatest is taken.</summary>
    /// <param name="runtime">The folder of the .NET runtime, <c>…/shared/Microsoft.NETCore.App/10.0.1</c>.</param>
    /// <param name="version">Its version.</param>
    /// <exception cref="InvalidOperationException">It is not there; the message says what to install.</exception>
    internal static string FindFolder(string runtime, Version version)
    {
        var frameworks = Path.GetFullPath(Path.Combine(runtime, "..", "..", Framework));
        var found = Directory.Exists(frameworks)
            ? Directory.EnumerateDirectories(frameworks)
                .Select(folder => (Folder: folder, Version: Version.TryParse(Path.GetFileName(folder), out var its) ? its : null))
                .Where(one => one.Version?.Major == version.Major && one.Version.Minor == version.Minor && File.Exists(Path.Combine(one.Folder, SomeAssembly)))
                .MaxBy(one => one.Version).Folder
            : null;
        return found ?? throw new InvalidOperationException(FormattableString.Invariant(
            $"serve needs the runtime of ASP.NET Core {version.Major}.{version.Minor} beside that of .NET, and it is not in {frameworks}. Install it: it is the package aspnetcore-runtime-{version.Major}.{version.Minor} of many systems, part of every .NET SDK, and at https://dotnet.microsoft.com/download. All other commands do without it."));
    }
}
