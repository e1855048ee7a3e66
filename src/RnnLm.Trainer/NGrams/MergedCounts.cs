namespace RnnLm.Training;

/// <summary>Several sorted lists of n-grams as one; the counts of what is in more than one are added up. The lists go with it.</summary>
internal sealed class MergedCounts : SortedCounts
{
    private readonly IReadOnlyList<SortedCounts> sources;
    private readonly List<SortedCounts> open; // those that stand on an n-gram
    private readonly int[] words;
    private long count;

    /// <param name="sources">The lists; few, since every step looks at each.</param>
    /// <param name="length">The number of words of each n-gram.</param>
    public MergedCounts(IReadOnlyList<SortedCounts> sources, int length)
    {
        this.sources = sources;
        words = new int[length];
        open = [.. sources.Where(source => source.MoveNext())];
    }

    public override ReadOnlySpan<int> Words => words;

    public override long Count => count;

    public override bool MoveNext()
    {
        if (open.Count == 0) return false;
        var least = open[0];
        foreach (var source in open)
            if (source.Words.SequenceCompareTo(least.Words) < 0) least = source;
        least.Words.CopyTo(words);
        count = 0;
        for (var i = open.Count - 1; i >= 0; i--)
        {
            if (!open[i].Words.SequenceEqual(words)) continue;
            count += open[i].Count;
            if (!open[i].MoveNext()) open.RemoveAt(i);
        }
        return true;
    }

    public override void Dispose()
    {
        foreach (var source in sources) source.Dispose();
    }
}
