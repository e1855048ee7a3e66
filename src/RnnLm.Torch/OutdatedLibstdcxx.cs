using System.Text.RegularExpressions;

namespace RnnLm.Torch;

/// <summary>This system's C++ library is older than the one that TorchSharp's native half was built with.</summary>
/// <param name="Path">The system's library, as the loader names it: <c>/lib/x86_64-linux-gnu/libstdc++.so.6</c>.</param>
/// <param name="Version">The symbol version that it lacks: <c>GLIBCXX_3.4.32</c>.</param>
internal sealed partial record OutdatedLibstdcxx(string Path, string Version)
{
    /// <summary>What the loader complains of, or null where it is something else.</summary>
    /// <param name="message">What it says of a library that it did not load, in any language.</param>
    public static OutdatedLibstdcxx? In(string message)
        => Complaint().Match(message) is { Success: true } match ? new(match.Groups["path"].Value, match.Groups["version"].Value) : null;

    /// <summary>What is wrong, and what helps.</summary>
    public string Describe()
    {
        var path = File.Exists(Path) ? File.ResolveLinkTarget(Path, returnFinalTarget: true)?.FullName ?? Path : Path;
        // libstdc++.so.6.0.N defines GLIBCXX_3.4.N last (libstdc++ manual, "ABI Policy and Guidelines").
        var newest = FileVersion().Match(path) is { Success: true } match ? $", whose newest is GLIBCXX_3.4.{match.Groups["number"].Value}" : "";
        return $"The native library of TorchSharp (libLibTorchSharp.so) cannot be loaded: it needs the symbol version {Version}, which the C++ library "
            + $"of this system lacks ({path}{newest}). Debian 13, Ubuntu 24.04, Fedora 38 and what is later have it. Elsewhere, name the folder of "
            + "a newer libstdc++ in LD_LIBRARY_PATH, such as that of conda-forge's package libstdcxx, or train with the managed engine, which "
            + "needs no native library.";
    }

    // /lib/x86_64-linux-gnu/libstdc++.so.6: version `GLIBCXX_3.4.32' not found (required by /app/libLibTorchSharp.so)
    [GeneratedRegex(@"(?<path>[^\s:]*libstdc\+\+\.so[^\s:]*): \P{Cc}*?(?<version>(GLIBCXX|CXXABI)_[0-9]+(\.[0-9]+)*)")]
    private static partial Regex Complaint();

    [GeneratedRegex(@"libstdc\+\+\.so\.6\.0\.(?<number>[0-9]+)$")]
    private static partial Regex FileVersion();
}
