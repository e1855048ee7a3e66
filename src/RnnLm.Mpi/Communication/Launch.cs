using System.Globalization;

namespace RnnLm.Mpi;

/// <summary>How the process was started, as its environment tells. Processes that something else than <c>mpiexec</c> of MPICH has started do not find one another: to MPICH each is the only one.</summary>
internal static class Launch
{
    private const string Processes = "PMI_SIZE";
    private const string ProcessesOfOpenMpi = "OMPI_COMM_WORLD_SIZE";
    private const string ProcessesOfSlurm = "SLURM_STEP_NUM_TASKS";
    private const string RankOfPmix = "PMIX_RANK"; // which tells nobody how many there are
    private const string Remedy = "Start it by mpiexec of MPICH, which Debian and Ubuntu call mpiexec.mpich, too.";

    /// <summary>Whether <c>mpiexec</c> of MPICH has started the process with others.</summary>
    public static bool HasOthers => Number(Processes) > 1;

    /// <summary>Throws where <c>mpiexec</c> of Open MPI has started the process: to be asked before MPI begins.</summary>
    public static void RefuseOpenMpi()
    {
        if (!IsSet(ProcessesOfOpenMpi) || IsSet(Processes)) return;
        throw new InvalidOperationException($"The process was started by mpiexec of Open MPI, by which those of MPICH do not find one another. {Remedy}");
    }

    /// <summary>Throws where the process was started with others: to be asked where MPI has found none.</summary>
    public static void RefuseOthers()
    {
        if (!HasOthers && (IsSet(Processes) || (Number(ProcessesOfSlurm) <= 1 && Number(RankOfPmix) <= 0))) return;
        throw new InvalidOperationException($"The process was started with others, which MPICH does not find: each would train alone, and write the same model. {Remedy}");
    }

    private static bool IsSet(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 };

    private static int Number(string variable) => int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : 0;
}
