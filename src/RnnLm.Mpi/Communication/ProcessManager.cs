using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace RnnLm.Mpi;

/// <summary>
/// What has started the processes, besides MPI: Hydra, which is <c>mpiexec</c> of MPICH, and answers lines of the protocol PMI-1.
/// </summary>
internal static class ProcessManager
{
    private const string Connection = "PMI_FD";
    private const string MarkOfHydra = "HYDI_CONTROL_FD";

    // Without a process manager to ask, longer than the last message of a process is on its way to some before it is to others.
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Waits until every process has come here, none of which may call MPI before MPI_Finalize then. There MPICH closes its connections, and a process that sends by UCX over TCP needs an answer of
    /// each other for it, which a process gives that is in MPI or in that part of MPI_Finalize, and none that is further on. So whoever is asked before it comes there itself lets others go on that
    /// will not answer it, and all wait for ever.
    /// </summary>
    /// <param name="library">What MPI says that it is.</param>
    public static void Barrier(string library)
    {
        if (!HasHydra(library, out var connection))
        {
            Thread.Sleep(Moment);
            return;
        }
        using var handle = new SafeFileHandle(connection, ownsHandle: false);
        using var stream = new FileStream(handle, FileAccess.ReadWrite, bufferSize: 0);
        stream.Write("cmd=barrier_in\n"u8);
        // It answers by a line, when all have asked.
        while (stream.ReadByte() is not (-1 or '\n'))
        {
        }
    }

    private static bool HasHydra(string library, out nint connection)
        => nint.TryParse(Environment.GetEnvironmentVariable(Connection), CultureInfo.InvariantCulture, out connection)
            && Environment.GetEnvironmentVariable(MarkOfHydra) is { Length: > 0 }
            && library.StartsWith("MPICH", StringComparison.Ordinal) && !library.Contains("pmi2", StringComparison.OrdinalIgnoreCase);
}
