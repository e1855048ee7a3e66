namespace RnnLm.Mpi.Tests;

/// <summary>An application trains by the engine, in processes that MPICH has started.</summary>
public sealed class ApplicationTests
{
    [MpiFact]
    public void All_processes_have_the_model()
    {
        var (code, output, error) = Mpiexec.RunApplication(2, "train");
        Assert.True(code == 0, error);
        Assert.Contains("rank 0 of 2", output, StringComparison.Ordinal);
        Assert.Contains("rank 0 has 11 words", output, StringComparison.Ordinal);
        Assert.Contains("rank 1 has 11 words", output, StringComparison.Ordinal);
    }

    [MpiFact]
    public void Where_MPI_has_begun_a_null_reference_is_an_exception_as_before()
    {
        var (code, output, error) = Mpiexec.RunApplication(1, "null");
        Assert.True(code == 0, error);
        Assert.Contains("caught", output, StringComparison.Ordinal);
    }

    [MpiFact]
    public void Where_Open_MPI_has_started_the_process_it_is_said_what_starts_it_right()
    {
        var (code, _, error) = Mpiexec.RunAlone("null", ("OMPI_COMM_WORLD_SIZE", "2"));
        Assert.NotEqual(0, code);
        Assert.Contains("mpiexec.mpich", error, StringComparison.Ordinal);
    }

    [MpiFact]
    public void A_process_that_nothing_has_started_is_the_only_one()
    {
        var (code, output, error) = Mpiexec.RunAlone("train");
        Assert.True(code == 0, error);
        Assert.Contains("rank 0 of 1", output, StringComparison.Ordinal);
    }

    [MpiFact]
    public void A_process_that_ends_without_the_others_has_them_end()
    {
        var (code, _, error) = Mpiexec.RunApplication(2, "fail");
        Assert.NotEqual(0, code);
        Assert.Contains("Rank 1 has ended its part of the training early", error, StringComparison.Ordinal);
    }
}
