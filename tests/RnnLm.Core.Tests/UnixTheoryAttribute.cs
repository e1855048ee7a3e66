namespace RnnLm.Tests;

/// <summary>A test of links, modes and devices; it is skipped on Windows, where not every user may make them.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UnixTheoryAttribute : TheoryAttribute
{
    public UnixTheoryAttribute() => Skip = OperatingSystem.IsWindows() ? "Windows has no such files for every user." : null;
}
