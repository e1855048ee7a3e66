using System.Buffers;
using RnnLm.Numerics;

namespace RnnLm.Mixtures;

/// <summary>
/// The words that a cache holds, each with the hidden state it was predicted from. They lie in chunks; one that is full never changes, so that copies share it.
/// </summary>
/// <param name="size">The greatest number of words.</param>
/// <param name="columns">The size of a state.</param>
internal sealed class CacheContents(int size, int columns)
{
    private const int ChunkRows = 64;

    private readonly List<Chunk> chunks = [];
    private int first; // the oldest word's place in the first chunk

    /// <summary>The number of words.</summary>
    public int Count { get; private set; }

    /// <summary>Takes in a word, and forgets the oldest where there are too many.</summary>
    /// <param name="word">The word's id.</param>
    /// <param name="hidden">The state it was predicted from: <c>[columns]</c>.</param>
    public void Add(int word, ReadOnlySpan<float> hidden)
    {
        var place = (first + Count) % ChunkRows;
        if (place == 0) chunks.Add(new Chunk(columns));
        chunks[^1].Words[place] = word;
        hidden.CopyTo(chunks[^1].States.AsSpan(place * columns));
        if (Count < size)
        {
            Count++;
            return;
        }
        if (++first < ChunkRows) return;
        chunks.RemoveAt(0);
        first = 0;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        chunks.Clear();
        (first, Count) = (0, 0);
    }

    /// <summary>Overwrites the contents of another cache of the same sizes with these.</summary>
    public void CopyTo(CacheContents destination)
    {
        destination.chunks.Clear();
        destination.chunks.AddRange(chunks);
        (destination.first, destination.Count) = (first, Count);
        var filled = (first + Count) % ChunkRows;
        if (filled > 0) destination.chunks[^1] = new Chunk(chunks[^1], filled);
    }

    /// <summary>Gives every word that is in the cache its probability by the cache, in no particular order.</summary>
    /// <param name="hidden">The state that is predicted from: <c>[columns]</c>.</param>
    /// <param name="sharpness">How much likeness of states counts.</param>
    /// <param name="sums">All zero, and left so: <c>[vocabulary]</c>.</param>
    /// <param name="words">Receives the words, each once: as many as <see cref="Count"/> at most.</param>
    /// <param name="probabilities">Receives their probabilities, which sum to one.</param>
    /// <returns>The number of words.</returns>
    public int Probabilities(ReadOnlySpan<float> hidden, double sharpness, Span<float> sums, Span<int> words, Span<float> probabilities)
    {
        var values = probabilities[..Count];
        Shares(hidden, sharpness, words, values);
        for (var i = 0; i < Count; i++) sums[words[i]] += values[i];
        var distinct = 0;
        for (var i = 0; i < Count; i++)
        {
            ref var sum = ref sums[words[i]];
            // A word whose every share is too small for a number has none; one that has come before has none left.
            if (sum == 0) continue;
            (words[distinct], probabilities[distinct++]) = (words[i], sum);
            sum = 0;
        }
        return distinct;
    }

    /// <summary>The probability of one word by the cache.</summary>
    /// <param name="word">The word.</param>
    /// <param name="hidden">The state that is predicted from: <c>[columns]</c>.</param>
    /// <param name="sharpness">How much likeness of states counts.</param>
    public double Probability(int word, ReadOnlySpan<float> hidden, double sharpness)
    {
        var (words, shares) = (ArrayPool<int>.Shared.Rent(Count), ArrayPool<float>.Shared.Rent(Count));
        Shares(hidden, sharpness, words, shares.AsSpan(0, Count));
        var probability = CacheSoftmax.SumOf(word, words.AsSpan(0, Count), shares.AsSpan(0, Count));
        ArrayPool<int>.Shared.Return(words);
        ArrayPool<float>.Shared.Return(shares);
        return probability;
    }

    /// <summary>The share of every word read, from the oldest on.</summary>
    private void Shares(ReadOnlySpan<float> hidden, double sharpness, Span<int> words, Span<float> shares)
    {
        for (var (chunk, done) = (0, 0); done < Count; chunk++)
        {
            var start = chunk == 0 ? first : 0;
            var rows = Math.Min(ChunkRows - start, Count - done);
            var states = new MatrixView(chunks[chunk].States, start * columns, rows, columns, columns);
            MatrixProduct.MultiplyVector(states, hidden, shares.Slice(done, rows), accumulate: false, Workers.Single);
            chunks[chunk].Words.AsSpan(start, rows).CopyTo(words[done..]);
            done += rows;
        }
        CacheSoftmax.Apply(shares, sharpness);
    }

    private sealed class Chunk
    {
        public Chunk(int columns) => (Words, States) = (new int[ChunkRows], new float[ChunkRows * columns]);

        /// <summary>A copy of one that is not full yet.</summary>
        public Chunk(Chunk other, int filled)
            : this(other.States.Length / ChunkRows)
        {
            other.Words.AsSpan(0, filled).CopyTo(Words);
            other.States.AsSpan(0, filled * (States.Length / ChunkRows)).CopyTo(States);
        }

        public int[] Words { get; }

        public float[] States { get; } // [rows, columns]
    }
}
