namespace RnnLm.Mpi.Tests;

/// <summary>A test of processes that MPICH starts; it is skipped, saying so, where there is no MPICH.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class MpiFactAttribute : FactAttribute
{
    public MpiFactAttribute() => Skip = Mpiexec.WhyNot;
}
