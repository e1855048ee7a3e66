namespace RnnLm.Text;

/// <summary>A list of ids that grows by blocks, so that what is there is never copied and no more than a block is spare.</summary>
internal sealed class IdList
{
    private const int FirstBlock = 1 << 5;
    private const int GreatestBlock = 1 << 20;

    private readonly List<int[]> full = [];
    private int[] current = new int[FirstBlock];
    private int used;
    private long countBefore;

    internal long Count => countBefore + used;

    internal void Add(int id)
    {
        if (used == current.Length)
        {
            full.Add(current);
            countBefore += used;
            current = new int[Math.Min(2 * current.Length, GreatestBlock)];
            used = 0;
        }
        current[used++] = id;
    }

    /// <summary>The ids as one array.</summary>
    /// <exception cref="InvalidOperationException">They are more than an array holds.</exception>
    internal int[] ToArray() => ToArray(0, Count);

    /// <summary>Forgets the ids.</summary>
    internal void Clear()
    {
        full.Clear();
        (used, countBefore) = (0, 0);
    }

    /// <summary>The ids from a place on and up to another as one array.</summary>
    /// <exception cref="InvalidOperationException">They are more than an array holds.</exception>
    internal int[] ToArray(long start, long end)
    {
        if (end - start > Array.MaxLength)
        {
            throw new InvalidOperationException(
                $"The text has {end - start} words and ends of lines; a token stream holds at most {Array.MaxLength}. Split the text.");
        }
        var ids = GC.AllocateUninitializedArray<int>((int)(end - start));
        long place = 0;
        foreach (var block in full.Append(current))
        {
            var (from, to) = (Math.Max(start, place), Math.Min(end, place + block.Length));
            if (from < to) block.AsSpan((int)(from - place), (int)(to - from)).CopyTo(ids.AsSpan((int)(from - start)));
            place += block.Length;
        }
        return ids;
    }
}
