using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RnnLm.Numerics;

namespace RnnLm.Mpi;

/// <summary>
/// The ranks that train one network, and what they do together: every rank calls the same methods in the same order. All of it is made of one exchange of messages,
/// each pair's apart, so that the order in which numbers are added is that of the ranks, whatever MPI chooses to do.
/// </summary>
internal abstract class Communicator
{
    // So that what is kept beside the numbers stays small.
    private const int MostAtOnce = 1 << 22;

    private float[] terms = [];

    /// <summary>This rank, from 0.</summary>
    public abstract int Rank { get; }

    /// <summary>The number of ranks.</summary>
    public abstract int Count { get; }

    /// <summary>Whether this rank takes part in a training that has not been brought to its end by all.</summary>
    public bool IsTraining { get; private set; }

    /// <summary>Whether all have brought a training to its end.</summary>
    public bool HasTrained { get; private set; }

    /// <summary>Whether no further exchange is possible, as this rank or another has given up; it stays so for as long as the process lives.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>How long this rank has been exchanging messages, waiting for others included.</summary>
    public TimeSpan Elapsed { get; private set; }

    /// <summary>The bytes that this rank has sent.</summary>
    public long BytesSent { get; private set; }

    /// <summary>Sends a part of one span to each other rank, and receives a part of another from each.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="outgoing">What is sent.</param>
    /// <param name="partTo">The part of it that is sent to a rank; an empty one is not sent.</param>
    /// <param name="incoming">Receives.</param>
    /// <param name="partFrom">The part of it that a rank sends; of the length that this rank has for that one's <paramref name="partTo"/>.</param>
    /// <exception cref="RankException">Another rank has given up.</exception>
    public void Swap(Exchange kind, ReadOnlySpan<byte> outgoing, Func<int, Range> partTo, Span<byte> incoming, Func<int, Range> partFrom)
    {
        if (IsBroken) throw new RankException("This rank or another has given up the training before. Start all processes anew by mpiexec.");
        var start = Stopwatch.GetTimestamp();
        try
        {
            BytesSent += SwapParts(kind, outgoing, partTo, incoming, partFrom);
        }
        catch
        {
            Break();
            throw;
        }
        finally
        {
            Elapsed += Stopwatch.GetElapsedTime(start);
        }
    }

    /// <summary>Gives every rank the values of all: <c>[ranks, values]</c>.</summary>
    public T[] GatherAll<T>(Exchange kind, ReadOnlySpan<T> own) where T : unmanaged
    {
        var all = new T[own.Length * Count];
        own.CopyTo(all.AsSpan(own.Length * Rank));
        var length = own.Length * Unsafe.SizeOf<T>();
        Swap(kind, MemoryMarshal.AsBytes(own), _ => ..length, MemoryMarshal.AsBytes(all.AsSpan()), rank => (rank * length)..((rank + 1) * length));
        return all;
    }

    /// <summary>Gives every rank the values of all, of which each has as many as it has.</summary>
    public T[][] GatherAny<T>(Exchange kind, ReadOnlySpan<T> own) where T : unmanaged
    {
        var lengths = GatherAll<int>(kind, [own.Length]);
        var all = new T[lengths.Sum()];
        var starts = new int[Count + 1];
        for (var rank = 0; rank < Count; rank++) starts[rank + 1] = starts[rank] + lengths[rank];
        own.CopyTo(all.AsSpan(starts[Rank]));
        var size = Unsafe.SizeOf<T>();
        var length = own.Length * size;
        Swap(kind, MemoryMarshal.AsBytes(own), _ => ..length, MemoryMarshal.AsBytes(all.AsSpan()), rank => (starts[rank] * size)..(starts[rank + 1] * size));
        return [.. Enumerable.Range(0, Count).Select(rank => all[starts[rank]..starts[rank + 1]])];
    }

    /// <summary>Adds up the values of all ranks, place by place, in the order of the ranks; each rank then has the same sums, bit for bit.</summary>
    /// <param name="values">This rank's, to be overwritten with the sums.</param>
    /// <returns>The sum of the squares of the sums that this rank has added up; those of all ranks are of all sums.</returns>
    public double Sum(Span<float> values)
    {
        var squares = 0.0;
        for (; !values.IsEmpty; values = values[Math.Min(MostAtOnce, values.Length)..]) squares += SumAtOnce(values[..Math.Min(MostAtOnce, values.Length)]);
        return squares;
    }

    /// <summary>Makes the values of all ranks their mean.</summary>
    public void Average(Span<float> values)
    {
        Sum(values);
        VectorFunctions.Scale(1f / Count, values);
    }

    /// <summary>Begins a training, after which <see cref="Leave"/> is to be called.</summary>
    /// <exception cref="InvalidOperationException">Another has not been brought to its end.</exception>
    public void Enter()
    {
        if (IsTraining && !IsBroken) throw new InvalidOperationException("Another training of this process by MPI has not been brought to its end. Train one network after the other.");
        IsTraining = true;
    }

    /// <summary>Looks, without waiting, whether another rank has ended its part of the training. Before a window none has but one that has given up.</summary>
    /// <exception cref="RankException">One has.</exception>
    public void ThrowIfLeft()
    {
        if (FindLeft() is { } rank) throw HasLeft(rank);
    }

    /// <summary>Tells the others that this rank has ended its part of a training, and waits until they have ended theirs.</summary>
    public void Leave()
    {
        if (IsBroken) return;
        Swap(Exchange.Leaving, [0], _ => ..1, stackalloc byte[Count], rank => rank..(rank + 1));
        (IsTraining, HasTrained) = (false, true);
    }

    /// <summary>Gives up: the others are told, and no further exchange is possible.</summary>
    public void Break()
    {
        if (IsBroken) return;
        IsBroken = true;
        TellOfBreak();
    }

    /// <summary>As <see cref="Swap"/>.</summary>
    /// <returns>The bytes sent.</returns>
    protected abstract long SwapParts(Exchange kind, ReadOnlySpan<byte> outgoing, Func<int, Range> partTo, Span<byte> incoming, Func<int, Range> partFrom);

    /// <summary>Tells the others that this rank has given up, without waiting for them.</summary>
    protected abstract void TellOfBreak();

    /// <summary>A rank that has told that it has ended its part of the training; null where there is none.</summary>
    protected abstract int? FindLeft();

    /// <summary>Says that a rank no longer takes part.</summary>
    protected static RankException HasLeft(int rank) => new($"Rank {rank} has ended its part of the training early; what it has said tells why.");

    /// <summary>Throws where a message is not what it should be.</summary>
    protected static void RequireKind(Exchange expected, int rank, int kind)
    {
        if (kind == (int)expected) return;
        throw (Exchange)kind is Exchange.Leaving or Exchange.Ended
            ? HasLeft(rank)
            : new RankException($"Rank {rank} is at another place of the training ({(Exchange)kind}) than this one ({expected}).");
    }

    private double SumAtOnce(Span<float> values)
    {
        var length = values.Length;
        var (ownStart, ownCount) = ShareOf(Rank);
        if (terms.Length < ownCount * Count) terms = GC.AllocateUninitializedArray<float>(ownCount * Count);
        var received = terms.AsSpan(0, ownCount * Count); // [ranks, own share]
        var own = values.Slice(ownStart, ownCount);
        own.CopyTo(received[(Rank * ownCount)..]);
        var bytes = MemoryMarshal.AsBytes(values);
        Swap(Exchange.Terms, bytes, BytesOf, MemoryMarshal.AsBytes(received), rank => (rank * ownCount * sizeof(float))..((rank + 1) * ownCount * sizeof(float)));

        received[..ownCount].CopyTo(own);
        for (var rank = 1; rank < Count; rank++) VectorFunctions.Add(own, received.Slice(rank * ownCount, ownCount), own);
        var ownBytes = BytesOf(Rank);
        Swap(Exchange.Sums, bytes, _ => ownBytes, bytes, BytesOf);
        return VectorFunctions.SumOfSquares(own);

        (int Start, int Count) ShareOf(int rank) => Partition.Share(length, rank, Count);

        Range BytesOf(int rank)
        {
            var (start, count) = ShareOf(rank);
            return (start * sizeof(float))..((start + count) * sizeof(float));
        }
    }
}
