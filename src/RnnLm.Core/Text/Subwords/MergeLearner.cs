using System.Text;

namespace RnnLm.Text;

/// <summary>
/// Learns merges (Sennrich, Haddow and Birch 2016, Algorithm 1): again and again the pair of pieces that stands side by side most often is merged; of equally
/// frequent ones the one whose first piece, and then whose second, is first in ordinal order. A pair that would make a piece that there is already stays apart.
/// </summary>
internal sealed class MergeLearner
{
    private readonly List<string> pieces = [.. ByteAlphabet.Pieces];
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly List<int[]> words = [];
    private readonly List<long> counts = []; // how often each word occurs
    private readonly Dictionary<(int, int), Pair> pairs = [];
    private readonly PriorityQueue<(int Left, int Right), Frequency> queue;

    private MergeLearner()
    {
        foreach (var piece in pieces) numbers.Add(piece, numbers.Count);
        queue = new PriorityQueue<(int, int), Frequency>(Comparer<Frequency>.Create(Compare));
    }

    /// <summary>Learns merges of words.</summary>
    /// <param name="words">The words, each once, with how often it occurs.</param>
    /// <param name="pieceCount">How many pieces there are to be at most, those of one byte included.</param>
    /// <param name="minimumCount">How often a pair must occur to be merged.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static List<SubwordMerge> Learn(IEnumerable<(string Word, long Count)> words, int pieceCount, long minimumCount, CancellationToken cancellationToken)
    {
        var learner = new MergeLearner();
        foreach (var (word, count) in words)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (count > 0) learner.Add(word, count);
        }
        return learner.Learn(pieceCount, minimumCount, cancellationToken);
    }

    private void Add(string word, long count)
    {
        var bytes = Encoding.UTF8.GetBytes(word);
        int[] symbols = [.. bytes[..^1].Select(ByteAlphabet.NumberOf), ByteAlphabet.NumberOfLast(bytes[^1])];
        words.Add(symbols);
        counts.Add(count);
        CountPairs(symbols, count);
        foreach (var key in PairsOf(symbols)) pairs[key].Words.Add(words.Count - 1);
    }

    private List<SubwordMerge> Learn(int pieceCount, long minimumCount, CancellationToken cancellationToken)
    {
        var merges = new List<SubwordMerge>();
        foreach (var pair in pairs.Keys) Enqueue(pair);
        while (pieces.Count < pieceCount && queue.TryDequeue(out var pair, out var frequency))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var found = pairs[pair];
            if (found.IsDone || found.Count < minimumCount) continue;
            if (found.Count != frequency.Count)
            {
                if (found.Count < frequency.Count) Enqueue(pair); // it was in words that have been merged otherwise since
                continue;
            }
            found.IsDone = true;
            var merge = new SubwordMerge(pieces[pair.Left], pieces[pair.Right]);
            if (!numbers.TryAdd(merge.Merged, pieces.Count)) continue;
            pieces.Add(merge.Merged);
            merges.Add(merge);
            Merge(pair, found, merged: pieces.Count - 1);
        }
        return merges;
    }

    private void Merge((int Left, int Right) pair, Pair found, int merged)
    {
        var changed = new HashSet<(int, int)>();
        foreach (var index in found.Words)
        {
            var before = words[index];
            var after = Merged(before, pair, merged);
            if (after.Length == before.Length) continue; // another merge has taken the pair apart
            CountPairs(before, -counts[index]);
            CountPairs(after, counts[index]);
            words[index] = after;
            foreach (var key in PairsOf(after).Where(key => key.Left == merged || key.Right == merged))
            {
                pairs[key].Words.Add(index);
                changed.Add(key);
            }
        }
        foreach (var key in changed) Enqueue(key);
        found.Words.Clear();
    }

    private static int[] Merged(int[] symbols, (int Left, int Right) pair, int merged)
    {
        var after = new List<int>(symbols.Length);
        for (var i = 0; i < symbols.Length; i++)
        {
            var isPair = i + 1 < symbols.Length && symbols[i] == pair.Left && symbols[i + 1] == pair.Right;
            after.Add(isPair ? merged : symbols[i]);
            if (isPair) i++;
        }
        return [.. after];
    }

    private void CountPairs(int[] symbols, long count)
    {
        foreach (var key in PairsOf(symbols))
        {
            if (!pairs.TryGetValue(key, out var pair)) pairs.Add(key, pair = new Pair());
            pair.Count += count;
        }
    }

    private static IEnumerable<(int Left, int Right)> PairsOf(int[] symbols) => symbols.Zip(symbols.Skip(1));

    private void Enqueue((int Left, int Right) pair)
    {
        var found = pairs[pair];
        if (!found.IsDone) queue.Enqueue(pair, new Frequency(found.Count, pair.Left, pair.Right));
    }

    private int Compare(Frequency one, Frequency other)
    {
        var byCount = other.Count.CompareTo(one.Count);
        if (byCount != 0) return byCount;
        var byLeft = string.CompareOrdinal(pieces[one.Left], pieces[other.Left]);
        return byLeft != 0 ? byLeft : string.CompareOrdinal(pieces[one.Right], pieces[other.Right]);
    }

    /// <summary>A pair of pieces: how often it occurs, and the words that it has been in.</summary>
    private sealed class Pair
    {
        public long Count { get; set; }

        public List<int> Words { get; } = [];

        /// <summary>Whether it has been merged, or is to stay apart.</summary>
        public bool IsDone { get; set; }
    }

    /// <summary>How often a pair occurred when it was put into the queue.</summary>
    private readonly record struct Frequency(long Count, int Left, int Right);
}
