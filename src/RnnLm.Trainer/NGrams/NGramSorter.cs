namespace RnnLm.Training;

/// <summary>
/// Counts n-grams of one length in bounded memory, and gives them in order: what does not fit goes sorted to temporary files, which are merged.
/// </summary>
internal sealed class NGramSorter : IDisposable
{
    private const int MostRuns = 16; // merged at once

    private readonly int length;
    private readonly string folder;
    private readonly CancellationToken cancellation;
    private readonly NGramBuffer buffer;
    private readonly List<List<SortedRun>> runs = []; // those of one list are made of as many others of the list before

    /// <param name="length">The number of words of each n-gram.</param>
    /// <param name="vocabularySize">The number of words there are; in the place of a word may be −1.</param>
    /// <param name="memory">The bytes that it takes at most.</param>
    /// <param name="folder">The folder of temporary files.</param>
    /// <param name="cancellation">Ends it early.</param>
    public NGramSorter(int length, int vocabularySize, long memory, string folder, CancellationToken cancellation)
    {
        this.length = length;
        this.folder = folder;
        this.cancellation = cancellation;
        var capacity = Math.Clamp(memory / NGramBuffer.BytesOf(length), 1, Array.MaxLength / Math.Max(2, length));
        buffer = new NGramBuffer(length, vocabularySize, (int)capacity);
    }

    /// <summary>Counts an n-gram.</summary>
    /// <exception cref="IOException">A temporary file cannot be written.</exception>
    public void Add(ReadOnlySpan<int> ngram, long count)
    {
        if (buffer.IsFull) MakeRoom();
        buffer.Add(ngram, count);
    }

    /// <summary>Gives the n-grams in rising order, with the last word, that which stands last, changing soonest. Nothing can be added then.</summary>
    public SortedCounts InOrder()
    {
        buffer.Combine();
        SortedRun[] all = [.. runs.SelectMany(list => list)];
        // The runs go with the sorter.
        return all.Length == 0 ? buffer.InOrder() : new MergedCounts([.. all, buffer.InOrder()], length);
    }

    public void Dispose()
    {
        foreach (var run in runs.SelectMany(list => list)) run.Dispose();
    }

    private void MakeRoom()
    {
        cancellation.ThrowIfCancellationRequested();
        var before = buffer.Count;
        buffer.Combine();
        // Where few are new, there is room for more of them.
        if (buffer.Count <= before / 2) return;
        Keep(SortedRun.Write(buffer.InOrder(), length, folder, cancellation), 0);
        buffer.Clear();
    }

    private void Keep(SortedRun run, int level)
    {
        if (level == runs.Count) runs.Add([]);
        runs[level].Add(run);
        if (runs[level].Count < MostRuns) return;
        SortedRun merged;
        using (var all = new MergedCounts([.. runs[level]], length))
        {
            merged = SortedRun.Write(all, length, folder, cancellation);
            runs[level].Clear();
        }
        Keep(merged, level + 1);
    }
}
