using System.Buffers;
using System.Text;
using RnnLm.Faults;

namespace RnnLm.Text;

/// <summary>
/// Byte-pair encoding (Sennrich, Haddow and Birch 2016): merges in the order of their rank. A word is its bytes at first; then, as long as there is a pair that is
/// to be merged, the pair of the lowest rank is, of several the leftmost.
/// </summary>
internal sealed class MergeTable
{
    private const int MostOnStack = 64; // pieces; in more, a queue finds the next pair sooner

    private readonly string[] pieces;
    private readonly Dictionary<long, Result> results;

    private MergeTable(string[] pieces, SubwordMerge[] merges, Dictionary<long, Result> results) => (this.pieces, Merges, this.results) = (pieces, merges, results);

    /// <summary>The pieces by their numbers: those of one byte, then what is merged in the order of the merges.</summary>
    public IReadOnlyList<string> Pieces => pieces;

    /// <summary>The merges in the order of their rank.</summary>
    public IReadOnlyList<SubwordMerge> Merges { get; }

    /// <summary>Makes a table of merges.</summary>
    /// <exception cref="FormatException">A merge is of a piece that there is not yet, goes on behind the end of a word, or stands there twice.</exception>
    public static MergeTable Create(IEnumerable<SubwordMerge> merges)
    {
        SubwordMerge[] all = [.. merges];
        var pieces = new List<string>(ByteAlphabet.Pieces);
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var piece in pieces) numbers.Add(piece, numbers.Count);
        var results = new Dictionary<long, Result>(all.Length);
        for (var rank = 0; rank < all.Length; rank++)
        {
            var merge = all[rank];
            var (left, right) = (NumberOf(merge.Left), NumberOf(merge.Right));
            if (ByteAlphabet.EndsWord(merge.Left))
                throw new FormatException($"Merge {rank + 1}, {Quotation.Of(merge.ToString())}, goes on behind {Quotation.Of(merge.Left)}, which ends a word.");
            if (ByteAlphabet.EndsWord(merge.Merged) != ByteAlphabet.EndsWord(merge.Right))
                throw new FormatException($"Merge {rank + 1}, {Quotation.Of(merge.ToString())}, makes a piece that reads as if it ended a word, and does not.");
            if (!numbers.TryGetValue(merge.Merged, out var merged))
            {
                numbers.Add(merge.Merged, merged = pieces.Count);
                pieces.Add(merge.Merged);
            }
            if (!results.TryAdd(KeyOf(left, right), new Result(rank, merged))) throw new FormatException($"Merge {rank + 1}, {Quotation.Of(merge.ToString())}, stands there twice.");

            int NumberOf(string piece) => numbers.TryGetValue(piece, out var number)
                ? number
                : throw new FormatException($"Merge {rank + 1}, {Quotation.Of(merge.ToString())}, is of {Quotation.Of(piece)}, which is no byte and no merge before it makes.");
        }
        return new MergeTable([.. pieces], all, results);
    }

    /// <summary>Encodes a word.</summary>
    /// <param name="word">The word; well-formed text of at least a character.</param>
    /// <param name="take">Takes each piece.</param>
    public void Encode(ReadOnlySpan<char> word, Action<string> take)
    {
        var most = Encoding.UTF8.GetMaxByteCount(word.Length);
        var rented = most > MostOnStack * 4 ? ArrayPool<byte>.Shared.Rent(most) : null;
        Span<byte> room = rented ?? stackalloc byte[MostOnStack * 4];
        var count = Encoding.UTF8.GetBytes(word, room);
        if (count <= MostOnStack)
        {
            Span<int> numbers = stackalloc int[MostOnStack];
            Begin(room[..count], numbers);
            foreach (var number in numbers[..Merge(numbers[..count])]) take(pieces[number]);
        }
        else
        {
            var numbers = new int[count];
            Begin(room[..count], numbers);
            foreach (var number in MergeMany(numbers)) take(pieces[number]);
        }
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
    }

    /// <summary>Encodes a part of a word: into the pieces that a word has there, where no piece goes beyond the part's ends.</summary>
    /// <param name="spelled">The part, spelled as pieces are, without the mark of the end; at least a byte.</param>
    /// <param name="endsWord">Whether the word ends with it.</param>
    public List<string> EncodePart(ReadOnlySpan<char> spelled, bool endsWord)
    {
        var numbers = new int[spelled.Length];
        for (var i = 0; i < numbers.Length; i++)
        {
            ByteAlphabet.TryByteOf(spelled[i], out var value);
            numbers[i] = endsWord && i == numbers.Length - 1 ? ByteAlphabet.NumberOfLast(value) : ByteAlphabet.NumberOf(value);
        }
        return numbers.Length > MostOnStack
            ? [.. MergeMany(numbers).Select(number => pieces[number])]
            : [.. numbers[..Merge(numbers)].Select(number => pieces[number])];
    }

    private static void Begin(ReadOnlySpan<byte> bytes, Span<int> numbers)
    {
        for (var i = 0; i < bytes.Length; i++) numbers[i] = ByteAlphabet.NumberOf(bytes[i]);
        numbers[bytes.Length - 1] = ByteAlphabet.NumberOfLast(bytes[^1]);
    }

    /// <returns>The number of pieces left.</returns>
    private int Merge(Span<int> numbers)
    {
        Span<Result> pairs = stackalloc Result[MostOnStack]; // what the pair that begins at each place becomes
        for (var i = 0; i + 1 < numbers.Length; i++) pairs[i] = ResultOf(numbers[i], numbers[i + 1]);
        var count = numbers.Length;
        while (true)
        {
            var best = -1;
            for (var i = 0; i + 1 < count; i++)
                if (pairs[i].IsMerge && (best < 0 || pairs[i].Rank < pairs[best].Rank)) best = i;
            if (best < 0) return count;
            numbers[best] = pairs[best].Merged;
            numbers[(best + 2)..count].CopyTo(numbers[(best + 1)..]);
            pairs[(best + 1)..count].CopyTo(pairs[best..]);
            count--;
            if (best > 0) pairs[best - 1] = ResultOf(numbers[best - 1], numbers[best]);
            if (best + 1 < count) pairs[best] = ResultOf(numbers[best], numbers[best + 1]);
        }
    }

    /// <summary>The same for a word of any length, in the time that sorting takes.</summary>
    private List<int> MergeMany(int[] numbers)
    {
        const int gone = -1;
        int[] next = [.. Enumerable.Range(1, numbers.Length)], previous = [.. Enumerable.Range(-1, numbers.Length)];
        var queue = new PriorityQueue<(int Left, Result Result), (int Rank, int Left)>();
        for (var i = 0; i + 1 < numbers.Length; i++) Enqueue(i);
        while (queue.TryDequeue(out var pair, out _))
        {
            var (left, right) = (pair.Left, next[pair.Left]);
            // What was there when the pair was found may have been merged since.
            if (numbers[left] == gone || right == numbers.Length || ResultOf(numbers[left], numbers[right]) != pair.Result) continue;
            numbers[left] = pair.Result.Merged;
            numbers[right] = gone;
            next[left] = next[right];
            if (next[left] < numbers.Length) previous[next[left]] = left;
            Enqueue(left);
            if (previous[left] >= 0) Enqueue(previous[left]);
        }
        return [.. numbers.Where(number => number != gone)];

        void Enqueue(int left)
        {
            if (next[left] == numbers.Length) return;
            var result = ResultOf(numbers[left], numbers[next[left]]);
            if (result.IsMerge) queue.Enqueue((left, result), (result.Rank, left));
        }
    }

    private Result ResultOf(int left, int right) => results.TryGetValue(KeyOf(left, right), out var result) ? result : default;

    private static long KeyOf(int left, int right) => ((long)left << 32) | (uint)right;

    /// <summary>What a pair becomes; the default where it stays as it is.</summary>
    private readonly record struct Result(int Rank, int Merged)
    {
        /// <summary>Whether the pair is merged: no merge makes a piece of one byte, of which the first has the number 0.</summary>
        public bool IsMerge => Merged > 0;
    }
}
