namespace RnnLm.Cli.Tests;

/// <summary>A test of what Linux has: <c>/dev/full</c>, <c>/proc</c>, signals and a shell.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute() => Skip = LinuxTheoryAttribute.ReasonToSkip;
}

/// <inheritdoc cref="LinuxFactAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LinuxTheoryAttribute : TheoryAttribute
{
    internal static readonly string? ReasonToSkip = OperatingSystem.IsLinux() ? null : "This system is not Linux.";

    public LinuxTheoryAttribute() => Skip = ReasonToSkip;
}

/// <summary>A test that needs a terminal, which the program <c>script</c> makes.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TerminalTheoryAttribute : TheoryAttribute
{
    private const string Script = "/usr/bin/script";

    public TerminalTheoryAttribute() => Skip = LinuxTheoryAttribute.ReasonToSkip ?? (File.Exists(Script) ? null : $"This system has no {Script}.");
}
