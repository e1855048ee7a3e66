namespace RnnLm.Mpi.Tests;

/// <summary>A test of what is said on Linux; elsewhere it is skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute() => Skip = OperatingSystem.IsLinux() ? null : "MPICH is looked for on Linux only.";
}
