using RnnLm.Numerics;

namespace RnnLm.Reading;

/// <summary>
/// Divides many texts into batches whose texts begin alike as far as possible, and the batches among threads.
/// </summary>
internal static class TextBatches
{
    // Enough for a product of matrices to run at its full speed; more would only take memory.
    private const int GreatestBatch = 128;

    // Below this many texts a thread, another thread costs more than it saves.
    private const int LeastBatch = 8;

    /// <summary>What works on batches; each belongs to one thread.</summary>
    /// <param name="texts">The texts of a batch, in the order of <see cref="PrefixTree.Compare"/>.</param>
    /// <param name="places">The place of each among all texts.</param>
    public delegate void BatchWork(ReadOnlyMemory<ReadOnlyMemory<int>> texts, ReadOnlyMemory<int> places);

    /// <summary>Works on all texts.</summary>
    /// <param name="texts">The texts' word ids.</param>
    /// <param name="options">How many threads.</param>
    /// <param name="createWork">Makes what a thread works with, given the greatest number of texts in a batch.</param>
    public static void Run(IReadOnlyList<ReadOnlyMemory<int>> texts, BatchOptions options, Func<int, BatchWork> createWork)
    {
        if (texts.Count == 0) return;
        ReadOnlyMemory<int>[] sorted = [.. texts];
        int[] places = [.. Enumerable.Range(0, sorted.Length)];
        Array.Sort(sorted, places, Comparer<ReadOnlyMemory<int>>.Create(PrefixTree.Compare));

        var threads = Math.Min(options.Threads ?? Environment.ProcessorCount, (sorted.Length + LeastBatch - 1) / LeastBatch);
        var batchLength = Math.Min(GreatestBatch, (sorted.Length + threads - 1) / threads);
        var batches = (sorted.Length + batchLength - 1) / batchLength;
        threads = Math.Min(threads, batches);
        var next = -1;
        using var workers = new Workers(threads);
        workers.Run(threads, _ =>
        {
            var work = createWork(batchLength);
            for (int batch; (batch = Interlocked.Increment(ref next)) < batches;)
            {
                options.CancellationToken.ThrowIfCancellationRequested();
                var start = batch * batchLength;
                var length = Math.Min(batchLength, sorted.Length - start);
                work(sorted.AsMemory(start, length), places.AsMemory(start, length));
            }
        });
    }
}
