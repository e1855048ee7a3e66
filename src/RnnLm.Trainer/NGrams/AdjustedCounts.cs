namespace RnnLm.Training;

/// <summary>
/// The counts that Kneser-Ney smoothing works on: of the n-grams of the highest order, and of those that begin a line, how often they occur; of any other, how
/// many different words come before it (Kneser &amp; Ney 1995).
/// </summary>
internal sealed class AdjustedCounts : IDisposable
{
    private readonly int order;
    private readonly NGramSorter[] sorters; // of order 2 and on

    public AdjustedCounts(int order, int vocabularySize, long memory, string folder, CancellationToken cancellation)
    {
        this.order = order;
        Unigrams = new long[vocabularySize];
        Counts = new int[order + 1];
        CountsOfCounts = [.. Enumerable.Range(0, order + 1).Select(_ => new long[Discounts.MostCounts + 1])];
        sorters = [.. Enumerable.Range(2, order - 1).Select(length => new NGramSorter(length, vocabularySize, memory / order, folder, cancellation))];
    }

    /// <summary>The counts of the words: <c>[vocabulary]</c>.</summary>
    public long[] Unigrams { get; }

    /// <summary>How many n-grams each order has: <c>[order + 1]</c>; nothing at 0.</summary>
    public int[] Counts { get; }

    /// <summary>How many n-grams of an order have each of the lowest counts: <c>[order + 1][count]</c>; nothing at 0.</summary>
    public long[][] CountsOfCounts { get; }

    /// <summary>Takes what a <see cref="NGramCounter"/> gives.</summary>
    /// <exception cref="InvalidOperationException">An order has more n-grams than an array holds.</exception>
    public void Add(SortedCounts counts, CancellationToken cancellation)
    {
        var open = new int[order]; // the n-gram of each order that is being counted: their last words, the nearest first
        var adjusted = new long[order + 1];
        var isFirst = true;
        for (long number = 0; counts.MoveNext(); number++)
        {
            if (number % (1 << 16) == 0) cancellation.ThrowIfCancellationRequested();
            var words = counts.Words;
            var common = isFirst ? 0 : words.CommonPrefixLength(open);
            if (!isFirst) Close(common);
            isFirst = false;
            words.CopyTo(open);
            // What begins anew at an order is one more word before the n-gram of the order below.
            for (var n = Math.Max(common, 1); n < order; n++) adjusted[n] += words[n] == NGramCounter.Nothing ? counts.Count : 1;
            adjusted[order] = counts.Count;
        }
        if (!isFirst) Close(0);

        void Close(int common)
        {
            for (var n = common + 1; n <= order; n++)
            {
                if (open[n - 1] != NGramCounter.Nothing) Put(open.AsSpan(0, n), adjusted[n]);
                adjusted[n] = 0;
            }
        }
    }

    /// <summary>The n-grams of an order, from 2 on, as they are read. Nothing can be added then.</summary>
    public SortedCounts InOrder(int order) => sorters[order - 2].InOrder();

    public void Dispose()
    {
        foreach (var sorter in sorters) sorter.Dispose();
    }

    private void Put(ReadOnlySpan<int> nearestFirst, long count)
    {
        var length = nearestFirst.Length;
        if (Counts[length] == Array.MaxLength - 1)
            throw new InvalidOperationException(Invariant($"The text has more than {Array.MaxLength - 1:N0} {length}-grams, which is the most. Take a lower order or less text."));
        Counts[length]++;
        if (count <= Discounts.MostCounts) CountsOfCounts[length][count]++;
        if (length == 1)
        {
            Unigrams[nearestFirst[0]] = count;
            return;
        }
        Span<int> words = stackalloc int[length];
        for (var i = 0; i < length; i++) words[i] = nearestFirst[length - 1 - i];
        sorters[length - 2].Add(words, count);
    }
}
