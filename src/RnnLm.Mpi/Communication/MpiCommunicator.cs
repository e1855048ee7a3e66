using System.Diagnostics;
using System.Text;

namespace RnnLm.Mpi;

/// <summary>The ranks that <c>mpiexec</c> has started. MPI begins once in a process, and ends with it.</summary>
internal sealed unsafe class MpiCommunicator : Communicator
{
    private const int MostAttemptsAtOnce = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(20);

    // MPI is a process's, not an object's.
    private static readonly Lock Gate = new();
    private static MpiCommunicator? world;
    private static bool isFound;

    // What is sent without being waited for: it stays where it is.
    private readonly byte[] nothing = GC.AllocateArray<byte>(1, pinned: true);
    private readonly int rank;
    private readonly int count;

    private MpiCommunicator()
    {
        RefuseOpenMpi();
        if (!isFound) MpiLibraryFile.Resolve(MpiLibraryFile.Load());
        isFound = true;
        // A host may have begun it.
        Require(MpiLibrary.MPI_Initialized(out var isInitialized));
        if (isInitialized == 0)
        {
            Require(MpiLibrary.MPI_Init_thread(0, 0, MpiLibrary.Serialized, out _));
            AppDomain.CurrentDomain.ProcessExit += (_, _) => End();
        }
        Require(MpiLibrary.MPI_Comm_set_errhandler(MpiLibrary.World, MpiLibrary.ErrorsReturn));
        Require(MpiLibrary.MPI_Comm_rank(MpiLibrary.World, out rank));
        Require(MpiLibrary.MPI_Comm_size(MpiLibrary.World, out count));
    }

    /// <summary>All ranks; MPI begins with the first call.</summary>
    /// <exception cref="InvalidOperationException">MPI is missing on this machine, or does not begin; the message says what helps.</exception>
    public static MpiCommunicator World
    {
        get
        {
            lock (Gate) return world ??= new MpiCommunicator();
        }
    }

    public override int Rank => rank;

    public override int Count => count;

    protected override long SwapParts(Exchange kind, ReadOnlySpan<byte> outgoing, Func<int, Range> partTo, Span<byte> incoming, Func<int, Range> partFrom)
    {
        var requests = stackalloc int[Count];
        var begun = 0;
        var sent = 0L;
        fixed (byte* from = outgoing, into = incoming)
        {
            for (var distance = 1; distance < Count; distance++)
            {
                var to = (Rank + distance) % Count;
                var (offset, length) = partTo(to).GetOffsetAndLength(outgoing.Length);
                if (length == 0) continue;
                Require(MpiLibrary.MPI_Isend(from + offset, length, MpiLibrary.Byte, to, (int)kind, MpiLibrary.World, out requests[begun++]));
                sent += length;
            }
            for (var distance = 1; distance < Count; distance++)
            {
                var source = (Rank - distance + Count) % Count;
                var (offset, length) = partFrom(source).GetOffsetAndLength(incoming.Length);
                if (length > 0) Receive(kind, source, into + offset, length);
            }
            for (var request = 0; request < begun; request++)
                for (var attempt = 0; !IsSent(ref requests[request]); attempt++) Pause(attempt);
        }
        return sent;
    }

    protected override void TellOfBreak() => Tell(Exchange.Leaving);

    private void Tell(Exchange what)
    {
        fixed (byte* from = nothing)
            for (var to = 0; to < Count; to++)
                if (to != Rank) MpiLibrary.MPI_Isend(from, nothing.Length, MpiLibrary.Byte, to, (int)what, MpiLibrary.World, out _);
    }

    private static void Receive(Exchange kind, int source, byte* into, int length)
    {
        MpiLibrary.Status status;
        for (var attempt = 0; !HasCome(source, MpiLibrary.AnyTag, out status); attempt++) Pause(attempt);
        RequireKind(kind, source, status.Tag);
        if (status.Count != length) throw new RankException(FormattableString.Invariant($"Rank {source} has sent {status.Count:N0} bytes ({kind}) where {length:N0} were to come."));
        Require(MpiLibrary.MPI_Recv(into, length, MpiLibrary.Byte, source, (int)kind, MpiLibrary.World, out _));
    }

    // Whoever ends without the others, that wait for it, has all of them end.
    private void End()
    {
        if (!IsBroken && !IsTraining && (HasTrained || Environment.ExitCode == 0))
        {
            MpiLibrary.MPI_Finalize();
            return;
        }
        Break();
        Tell(Exchange.Ended);
        var start = Stopwatch.GetTimestamp();
        // Another may have a model to keep; but one that hangs is not waited for.
        for (var other = 0; other < Count; other++)
            while (other != Rank && !HasEnded(other) && Stopwatch.GetElapsedTime(start) < Patience) Thread.Sleep(Moment);
        MpiLibrary.MPI_Abort(MpiLibrary.World, Environment.ExitCode == 0 ? 1 : Environment.ExitCode);
    }

    // To MPICH each of its processes would be the only one.
    private static void RefuseOpenMpi()
    {
        if (Environment.GetEnvironmentVariable("OMPI_COMM_WORLD_SIZE") is not { Length: > 0 } || Environment.GetEnvironmentVariable("PMI_SIZE") is { Length: > 0 }) return;
        throw new InvalidOperationException("The process was started by mpiexec of Open MPI, by which those of MPICH do not find one another. Start it by mpiexec of MPICH, which Debian and Ubuntu call mpiexec.mpich, too.");
    }

    private static bool HasEnded(int rank)
        => MpiLibrary.MPI_Iprobe(rank, (int)Exchange.Ended, MpiLibrary.World, out var flag, out _) != MpiLibrary.Success || flag != 0;

    private static bool HasCome(int source, int tag, out MpiLibrary.Status status)
    {
        Require(MpiLibrary.MPI_Iprobe(source, tag, MpiLibrary.World, out var flag, out status));
        return flag != 0;
    }

    private static bool IsSent(ref int request)
    {
        Require(MpiLibrary.MPI_Test(ref request, out var flag, out _));
        return flag != 0;
    }

    // MPICH would ask again and again by itself; where a machine has more ranks than processors, those that wait make way for those that compute.
    private static void Pause(int attempt)
    {
        if (attempt >= MostAttemptsAtOnce) Thread.Yield();
    }

    private static void Require(int error)
    {
        if (error == MpiLibrary.Success) return;
        var text = stackalloc byte[MpiLibrary.GreatestErrorLength];
        var said = MpiLibrary.MPI_Error_string(error, text, out var length) == MpiLibrary.Success ? Encoding.UTF8.GetString(text, length).Trim() : $"error {error}";
        throw new InvalidOperationException($"MPI has failed: {said}");
    }
}
