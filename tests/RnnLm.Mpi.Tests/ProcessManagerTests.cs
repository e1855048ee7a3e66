namespace RnnLm.Mpi.Tests;

public sealed class ProcessManagerTests
{
    // This process has no process manager: whatever it were told would be told nobody.
    [Theory]
    [InlineData("MPICH Version:\t4.0.2\nMPICH Device:\tch4:ucx")]
    [InlineData("MPICH Version:\t4.0.2\nMPICH Device:\tch3:nemesis")]
    [InlineData("Intel(R) MPI Library 2021.11 for Linux* OS")]
    [InlineData("")]
    public void Where_nothing_is_known_of_a_process_manager_MPI_ends_by_itself(string library) => Assert.False(ProcessManager.TryEnd(library));
}
