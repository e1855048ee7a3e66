using System.Runtime.CompilerServices;

namespace RnnLm.Training;

/// <summary>N-grams of one length and their counts, in memory.</summary>
/// <param name="length">The number of words of each.</param>
/// <param name="vocabularySize">The number of words there are; in the place of a word may be −1, which is before any.</param>
/// <param name="capacity">How many it holds at most.</param>
internal sealed class NGramBuffer(int length, int vocabularySize, int capacity)
{
    private const int FirstRoom = 1 << 10;

    private int[] words = [];
    private long[] counts = [];
    private int[] order = [];
    private int[] otherOrder = [];

    /// <summary>The number of n-grams.</summary>
    public int Count { get; private set; }

    /// <summary>Whether there is no room for one more.</summary>
    public bool IsFull => Count == capacity;

    /// <summary>The bytes that an n-gram takes, those for sorting and for growing included.</summary>
    public static int BytesOf(int length) => (2 * ((sizeof(int) * length) + sizeof(long))) + (2 * sizeof(int));

    /// <summary>Adds an n-gram and its count. It may be there already.</summary>
    public void Add(ReadOnlySpan<int> ngram, long count)
    {
        if (Count == counts.Length)
        {
            var room = (int)Math.Min(capacity, Math.Max(FirstRoom, 2L * counts.Length));
            Array.Resize(ref words, room * length);
            Array.Resize(ref counts, room);
        }
        ngram.CopyTo(words.AsSpan(Count * length, length));
        counts[Count++] = count;
    }

    /// <summary>Adds up the counts of equal n-grams, so that each is there once.</summary>
    public void Combine()
    {
        var sorted = Sort();
        var first = -1;
        foreach (var place in sorted)
        {
            if (first >= 0 && At(place).SequenceEqual(At(first)))
            {
                counts[first] += counts[place];
                counts[place] = 0;
            }
            else
            {
                first = place;
            }
        }
        var kept = 0;
        for (var place = 0; place < Count; place++)
        {
            if (counts[place] == 0) continue;
            At(place).CopyTo(words.AsSpan(kept * length, length));
            counts[kept++] = counts[place];
        }
        Count = kept;
    }

    /// <summary>The n-grams in order. They must have been combined, and stay until the end.</summary>
    public SortedCounts InOrder()
    {
        Sort();
        return new Cursor(this);
    }

    public void Clear() => Count = 0;

    private ReadOnlySpan<int> At(int place) => words.AsSpan(place * length, length);

    /// <summary>The places of the n-grams in rising order: sorted by the last word first, stably, then by the one before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private ReadOnlySpan<int> Sort()
    {
        if (order.Length < Count)
        {
            order = GC.AllocateUninitializedArray<int>(counts.Length);
            otherOrder = GC.AllocateUninitializedArray<int>(counts.Length);
        }
        for (var i = 0; i < Count; i++) order[i] = i;
        var starts = new int[vocabularySize + 2];
        for (var position = length - 1; position >= 0; position--)
        {
            Array.Clear(starts);
            for (var i = 0; i < Count; i++) starts[words[(i * length) + position] + 2]++;
            for (var word = 1; word < starts.Length; word++) starts[word] += starts[word - 1];
            for (var i = 0; i < Count; i++)
            {
                var place = order[i];
                otherOrder[starts[words[(place * length) + position] + 1]++] = place;
            }
            (order, otherOrder) = (otherOrder, order);
        }
        return order.AsSpan(0, Count);
    }

    private sealed class Cursor(NGramBuffer buffer) : SortedCounts
    {
        private int next = -1;

        public override ReadOnlySpan<int> Words => buffer.At(buffer.order[next]);

        public override long Count => buffer.counts[buffer.order[next]];

        public override bool MoveNext() => ++next < buffer.Count;
    }
}
