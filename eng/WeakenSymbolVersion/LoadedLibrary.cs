using System.Diagnostics;
using System.Runtime.InteropServices;

namespace WeakenSymbolVersion;

/// <summary>Where the system's loader finds a library, whatever the reasons: its cache, <c>LD_LIBRARY_PATH</c>, the defaults.</summary>
static class LoadedLibrary
{
    /// <param name="name">The library's name, as others ask for it: <c>libstdc++.so.6</c>.</param>
    /// <exception cref="DllNotFoundException">This system has no such library.</exception>
    public static string PathOf(string name)
    {
        NativeLibrary.Load(name);
        using var process = Process.GetCurrentProcess();
        // The file that is mapped, which the name may be a link to: libstdc++.so.6.0.30.
        return process.Modules.Cast<ProcessModule>().Select(module => module.FileName)
            .FirstOrDefault(path => Path.GetFileName(path).StartsWith(name, StringComparison.Ordinal))
            ?? throw new DllNotFoundException($"{name} is loaded, but from a file of another name");
    }
}
