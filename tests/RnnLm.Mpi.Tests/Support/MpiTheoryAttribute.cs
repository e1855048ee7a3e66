namespace RnnLm.Mpi.Tests;

/// <inheritdoc cref="MpiFactAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class MpiTheoryAttribute : TheoryAttribute
{
    public MpiTheoryAttribute() => Skip = Mpiexec.WhyNot;
}
