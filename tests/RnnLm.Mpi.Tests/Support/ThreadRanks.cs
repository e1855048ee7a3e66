using System.Collections.Concurrent;

namespace RnnLm.Mpi.Tests;

/// <summary>Ranks that are threads of one process: all that is made of messages, without MPI.</summary>
internal static class ThreadRanks
{
    /// <summary>Runs the same work on each of some ranks.</summary>
    /// <returns>What each gave.</returns>
    /// <exception cref="AggregateException">Some failed; their exceptions, in the order of the ranks.</exception>
    public static T[] Run<T>(int count, Func<Communicator, T> work) => [.. Try(count, work).Select(outcome => outcome.Fault is null ? outcome.Result! : throw outcome.Fault)];

    /// <summary>Runs the same work on each of some ranks, which may fail.</summary>
    public static (T? Result, Exception? Fault)[] Try<T>(int count, Func<Communicator, T> work)
    {
        var queues = new BlockingCollection<(Exchange, byte[])>[count, count]; // [from, to]
        for (var from = 0; from < count; from++)
            for (var to = 0; to < count; to++) queues[from, to] = [];
        var outcomes = new (T?, Exception?)[count];
        var threads = Enumerable.Range(0, count).Select(rank => new Thread(() => outcomes[rank] = TryOne(new ThreadCommunicator(rank, count, queues), work))).ToList();
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
        return outcomes;
    }

    private static (T?, Exception?) TryOne<T>(Communicator communicator, Func<Communicator, T> work)
    {
        try
        {
            return (work(communicator), null);
        }
        catch (Exception fault)
        {
            // As a process that ends tells the others.
            if (communicator.IsTraining) communicator.Break();
            return (default, fault);
        }
    }

    private sealed class ThreadCommunicator(int rank, int count, BlockingCollection<(Exchange Kind, byte[] Bytes)>[,] queues) : Communicator
    {
        public override int Rank => rank;

        public override int Count => count;

        protected override long SwapParts(Exchange kind, ReadOnlySpan<byte> outgoing, Func<int, Range> partTo, Span<byte> incoming, Func<int, Range> partFrom)
        {
            var sent = 0L;
            for (var to = 0; to < count; to++)
            {
                var bytes = to == rank ? [] : outgoing[partTo(to)].ToArray();
                if (bytes.Length > 0) queues[rank, to].Add((kind, bytes));
                sent += bytes.Length;
            }
            // In an order that is not that of the ranks.
            for (var distance = 1; distance < count; distance++)
            {
                var from = (rank + count - distance) % count;
                var part = incoming[partFrom(from)];
                if (part.IsEmpty) continue;
                var (received, bytes) = queues[from, rank].Take();
                RequireKind(kind, from, (int)received);
                bytes.CopyTo(part);
            }
            return sent;
        }

        protected override int? FindLeft()
        {
            foreach (var from in Enumerable.Range(0, count))
                if (queues[from, rank].Any(message => message.Kind == Exchange.Leaving)) return from;
            return null;
        }

        protected override void TellOfBreak()
        {
            for (var to = 0; to < count; to++)
                if (to != rank) queues[rank, to].Add((Exchange.Leaving, [0]));
        }
    }
}
