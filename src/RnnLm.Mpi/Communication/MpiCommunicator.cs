using System.Diagnostics;
using System.Text;

namespace RnnLm.Mpi;

/// <summary>The ranks that <c>mpiexec</c> has started. MPI begins once in a process, and ends with it.</summary>
internal sealed unsafe class MpiCommunicator : Communicator
{
    // MPI is a process's, not an object's.
    private static readonly Lock Gate = new();
    private static MpiCommunicator? world;
    private static bool isFound;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(20);

    // What is sent without being waited for: it stays where it is.
    private readonly byte[] nothing = GC.AllocateArray<byte>(1, pinned: true);
    private readonly int rank;
    private readonly int count;

    private MpiCommunicator()
    {
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
            for (var request = 0; request < begun; request++) Require(MpiLibrary.MPI_Wait(ref requests[request], out _));
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
        Require(MpiLibrary.MPI_Probe(source, MpiLibrary.AnyTag, MpiLibrary.World, out var status));
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

    private static bool HasEnded(int rank)
        => MpiLibrary.MPI_Iprobe(rank, (int)Exchange.Ended, MpiLibrary.World, out var flag, out _) != MpiLibrary.Success || flag != 0;

    private static void Require(int error)
    {
        if (error == MpiLibrary.Success) return;
        var text = stackalloc byte[MpiLibrary.GreatestErrorLength];
        var said = MpiLibrary.MPI_Error_string(error, text, out var length) == MpiLibrary.Success ? Encoding.UTF8.GetString(text, length).Trim() : $"error {error}";
        throw new InvalidOperationException($"MPI has failed: {said}");
    }
}
