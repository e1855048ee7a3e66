using System.Diagnostics;
using System.Text;

namespace RnnLm.Mpi;

/// <summary>The ranks that <c>mpiexec</c> has started. MPI begins once in a process, and ends with it.</summary>
internal sealed unsafe class MpiCommunicator : Communicator
{
    private const int MostAttemptsAtOnce = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    // MPI is a process's, not an object's.
    private static readonly Lock Gate = new();
    private static MpiCommunicator? world;
    private static bool isFound;

    private readonly Outbox outbox = new();
    // What is sent without being waited for: it stays where it is.
    private readonly byte[] nothing = GC.AllocateArray<byte>(1, pinned: true);
    private readonly int rank;
    private readonly int count;

    private MpiCommunicator()
    {
        Launch.RefuseOpenMpi();
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
        if (count == 1) Launch.RefuseOthers();
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

    /// <summary>Begins MPI where <c>mpiexec</c> has started several processes: it begins for none of them before it does for all, and one that ends before has nobody to tell.</summary>
    /// <exception cref="InvalidOperationException">As of <see cref="World"/>.</exception>
    public static void BeginAmongOthers()
    {
        if (Launch.HasOthers) _ = World;
    }

    protected override long SwapParts(Exchange kind, ReadOnlySpan<byte> outgoing, Func<int, Range> partTo, Span<byte> incoming, Func<int, Range> partFrom)
    {
        var requests = stackalloc int[Count];
        new Span<int>(requests, Count).Fill(MpiLibrary.NoRequest);
        var (start, end) = (outgoing.Length, 0); // of what is sent to any
        for (var to = 0; to < Count; to++)
        {
            var (offset, length) = PartTo(to, outgoing.Length);
            if (length > 0) (start, end) = (Math.Min(start, offset), Math.Max(end, offset + length));
        }
        byte* from = end > start ? outbox.Put(outgoing[start..end]) : null;
        var sent = 0L;
        for (var distance = 1; distance < Count; distance++)
        {
            var to = (Rank + distance) % Count;
            var (offset, length) = PartTo(to, outgoing.Length);
            if (length == 0) continue;
            Require(MpiLibrary.MPI_Isend(from + (offset - start), length, MpiLibrary.Byte, to, (int)kind, MpiLibrary.World, out requests[to]));
            sent += length;
        }
        fixed (byte* into = incoming)
        {
            for (var distance = 1; distance < Count; distance++)
            {
                var source = (Rank - distance + Count) % Count;
                var (offset, length) = partFrom(source).GetOffsetAndLength(incoming.Length);
                if (length > 0) Receive(kind, source, into + offset, length);
            }
        }
        for (var to = 0; to < Count; to++)
        {
            for (var attempt = 0; !IsSent(ref requests[to]); attempt++)
            {
                // It may have arrived meanwhile.
                if (HasCome(to, (int)Exchange.Ended, out _) && !IsSent(ref requests[to])) throw HasLeft(to);
                Pause(attempt);
            }
        }
        return sent;

        (int Offset, int Length) PartTo(int to, int total) => to == Rank ? default : partTo(to).GetOffsetAndLength(total);
    }

    protected override int? FindLeft() => HasCome(MpiLibrary.AnySource, (int)Exchange.Leaving, out var status) ? status.Source : null;

    protected override void TellOfBreak() => Tell(Exchange.Leaving);

    /// <summary>Tells the others something, without waiting for them.</summary>
    /// <returns>The request for each rank.</returns>
    private int[] Tell(Exchange what)
    {
        var requests = new int[Count];
        fixed (byte* from = nothing)
            for (var to = 0; to < Count; to++)
                if (to != Rank) MpiLibrary.MPI_Isend(from, nothing.Length, MpiLibrary.Byte, to, (int)what, MpiLibrary.World, out requests[to]);
        return requests;
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
        if (IsTraining) Break();
        // Where an exchange has failed, messages may be on their way that nobody takes any more.
        if (HaveAllEnded() && !IsBroken)
        {
            if (Count == 1 || !ProcessManager.TryEnd(Version())) MpiLibrary.MPI_Finalize();
        }
        else MpiLibrary.MPI_Abort(MpiLibrary.World, Environment.ExitCode == 0 ? 1 : Environment.ExitCode);
    }

    /// <summary>
    /// Tells the others that this process is about to end, and waits until all of them are. One may have a model to keep; but where this rank has failed, one that hangs is not waited for.
    /// </summary>
    private bool HaveAllEnded()
    {
        var hasFailed = IsBroken || (!HasTrained && Environment.ExitCode != 0);
        var start = Stopwatch.GetTimestamp();
        try
        {
            var requests = Tell(Exchange.Ended);
            for (var other = 0; other < Count; other++)
                for (; other != Rank && !(IsSent(ref requests[other]) && HasEnded(other)); Thread.Sleep(Moment))
                    if (hasFailed && Stopwatch.GetElapsedTime(start) > Patience) return false;
            return true;
        }
        catch (InvalidOperationException)
        {
            return false; // MPI itself has failed
        }
    }

    private static string Version()
    {
        var text = stackalloc byte[MpiLibrary.GreatestVersionLength];
        return MpiLibrary.MPI_Get_library_version(text, out var length) == MpiLibrary.Success ? Encoding.UTF8.GetString(text, length).Trim() : "";
    }

    private static bool HasEnded(int rank)
    {
        if (!HasCome(rank, (int)Exchange.Ended, out _)) return false;
        byte received;
        Require(MpiLibrary.MPI_Recv(&received, sizeof(byte), MpiLibrary.Byte, rank, (int)Exchange.Ended, MpiLibrary.World, out _));
        return true;
    }

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
