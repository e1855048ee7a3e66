namespace WeakenSymbolVersion.Tests;

/// <summary>A test of Linux; it is skipped, saying so, on other systems.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute() => Skip = OperatingSystem.IsLinux() ? null : "Only Linux has libstdc++.so.6.";
}
