namespace RnnLm.Tests;

/// <summary>A test of what the modes of files forbid; it is skipped on Windows, which has none, and for those whom they forbid nothing.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UnprivilegedFactAttribute : FactAttribute
{
    public UnprivilegedFactAttribute() => Skip = OperatingSystem.IsWindows() ? "Windows has no such files for every user."
        : Environment.IsPrivilegedProcess ? "Whoever runs this may write anywhere." : null;
}
