namespace RnnLm.Mpi.Tests;

/// <summary>A test that makes a native library; it is skipped, saying so, where there is no compiler for C.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class CompilerFactAttribute : FactAttribute
{
    public CompilerFactAttribute() => Skip = OperatingSystem.IsLinux() && Mpiexec.IsOnPath("cc") ? null : "No library of Open MPI is made to be refused: there is no cc on this machine. On Debian: apt-get install gcc";
}
