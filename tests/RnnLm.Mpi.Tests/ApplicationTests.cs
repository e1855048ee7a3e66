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

    [MpiTheory]
    [InlineData("SLURM_STEP_NUM_TASKS", "2")]
    [InlineData("PMIX_RANK", "1")]
    [InlineData("PMI_SIZE", "2")]
    public void A_process_that_does_not_find_those_it_was_started_with_does_not_train_alone(string variable, string value)
    {
        var (code, _, error) = Mpiexec.RunAlone("train", (variable, value));
        Assert.NotEqual(0, code);
        Assert.Contains("The process was started with others, which MPICH does not find", error, StringComparison.Ordinal);
    }

    [MpiFact]
    public void A_process_that_nothing_has_started_is_the_only_one()
    {
        var (code, output, error) = Mpiexec.RunAlone("train");
        Assert.True(code == 0, error);
        Assert.Contains("rank 0 of 1", output, StringComparison.Ordinal);
    }

    [MpiTheory]
    [InlineData("fail alone")]
    [InlineData("leave alone")]
    [InlineData("fail alone after a training")]
    public void A_process_that_ends_without_the_others_has_them_end(string how)
    {
        var (code, _, error) = Mpiexec.RunApplication(2, how);
        Assert.NotEqual(0, code);
        Assert.Contains("Rank 1 has ended its part of the training early", error, StringComparison.Ordinal);
    }

    [MpiTheory]
    [InlineData(1)]
    [InlineData(2)]
    public void Where_no_process_waits_for_another_each_ends_with_its_own_exit_code(int ranks)
    {
        var (code, output, error) = Mpiexec.RunApplication(ranks, "fail");
        Assert.Equal(3, code);
        Assert.DoesNotContain("MPI_Abort", output + error, StringComparison.Ordinal);
    }

    [MpiFact]
    public void That_a_process_has_given_up_is_seen_without_an_exchange()
    {
        var (_, output, _) = Mpiexec.RunApplication(2, "give up");
        Assert.Contains("Rank 1 has ended its part of the training early", output, StringComparison.Ordinal);
    }
}
