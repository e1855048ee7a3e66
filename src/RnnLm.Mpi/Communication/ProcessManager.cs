using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace RnnLm.Mpi;

/// <summary>What has started the processes, besides MPI: Hydra, which is <c>mpiexec</c> of MPICH. It is told things by lines of the protocol PMI-1, and answers each by a line.</summary>
internal static class ProcessManager
{
    private const string Connection = "PMI_FD";
    private const string MarkOfHydra = "MPI_LOCALRANKID";

    /// <summary>
    /// Ends MPI without MPI_Finalize, where that may not end: MPICH closes the connections of UCX in it, for which a process that sends by TCP needs an answer of each other. An answer comes from whoever
    /// is in MPI, but not from one that has closed its own and waits for the others; so whoever is answered early is the one for whose answer all wait, for ever.
    /// </summary>
    /// <param name="library">What MPI says that it is.</param>
    /// <returns>Whether it has ended: all processes have come here then, or what has started them is gone, and none calls MPI any more.</returns>
    public static bool TryEnd(string library)
    {
        if (!library.Contains("ch4:ucx", StringComparison.Ordinal) || library.Contains("pmi2", StringComparison.OrdinalIgnoreCase)) return false;
        if (!nint.TryParse(Environment.GetEnvironmentVariable(Connection), CultureInfo.InvariantCulture, out var connection)) return false;
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(MarkOfHydra))) return false;
        using var handle = new SafeFileHandle(connection, ownsHandle: false);
        using var stream = new FileStream(handle, FileAccess.ReadWrite, bufferSize: 0);
        // It answers the first when all have come.
        try
        {
            Ask(stream, "cmd=barrier_in\n"u8);
            Ask(stream, "cmd=finalize\n"u8);
        }
        catch (IOException)
        {
            // Its end of the connection is closed.
        }
        return true;
    }

    private static void Ask(FileStream stream, ReadOnlySpan<byte> request)
    {
        stream.Write(request);
        while (stream.ReadByte() is not (-1 or '\n'))
        {
        }
    }
}
