using System.Collections;
using RnnLm.Faults;
using RnnLm.Text;

namespace RnnLm;

/// <summary>
/// The words a model knows, each with an id from 0: the unknown word is 0, the end-of-line word 1, and the others follow from
/// the most frequent to the least, equally frequent ones in ordinal order. A vocabulary is immutable.
/// </summary>
public sealed class Vocabulary : IReadOnlyList<string>
{
    /// <summary>The id of the unknown word, which stands for every word outside the vocabulary.</summary>
    public const int UnknownId = 0;

    /// <summary>The id of the end-of-line word.</summary>
    public const int EndOfLineId = 1;

    private readonly string[] words;
    private readonly Dictionary<string, int> ids;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> idsBySpan;

    /// <summary>Makes a vocabulary of words in the order of their ids.</summary>
    /// <param name="words">The words; the first is the unknown word, the second the end-of-line word.</param>
    /// <exception cref="ArgumentNullException"><paramref name="words"/> is null.</exception>
    /// <exception cref="ArgumentException">There are fewer than two words, one is empty, occurs twice, or holds half a surrogate pair.</exception>
    public Vocabulary(IEnumerable<string> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        this.words = [.. words];
        if (this.words.Length < 2)
            throw new ArgumentException("A vocabulary holds at least the unknown word and the end-of-line word.", nameof(words));
        ids = new Dictionary<string, int>(this.words.Length, StringComparer.Ordinal);
        for (var id = 0; id < this.words.Length; id++)
        {
            if (string.IsNullOrEmpty(this.words[id]))
                throw new ArgumentException($"The word with id {id} is empty.", nameof(words));
            if (TextRepair.IsNeeded(this.words[id], leaveOutInvisible: false))
                throw new ArgumentException($"The word with id {id} holds half a surrogate pair, which is no character.", nameof(words));
            if (!ids.TryAdd(this.words[id], id))
                throw new ArgumentException($"The word {Quotation.Of(this.words[id])} occurs twice, with ids {ids[this.words[id]]} and {id}.", nameof(words));
        }
        idsBySpan = ids.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The number of words, the two special ones included.</summary>
    public int Count => words.Length;

    /// <summary>The word that stands for every word outside the vocabulary.</summary>
    public string UnknownWord => words[UnknownId];

    /// <summary>The word that ends every line.</summary>
    public string EndOfLineWord => words[EndOfLineId];

    /// <summary>The word with an id.</summary>
    /// <param name="id">The id, from 0 to below <see cref="Count"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="id"/> is outside the vocabulary.</exception>
    public string this[int id] => (uint)id < (uint)words.Length
        ? words[id]
        : throw new ArgumentOutOfRangeException(nameof(id), id, $"An id must be from 0 to {words.Length - 1}, as the vocabulary has {words.Length} words.");

    /// <summary>The id of a word, or <see cref="UnknownId"/> where the vocabulary lacks it.</summary>
    /// <param name="word">The word.</param>
    public int IdOf(ReadOnlySpan<char> word) => idsBySpan.TryGetValue(word, out var id) ? id : UnknownId;

    /// <summary>Whether the vocabulary holds a word.</summary>
    /// <param name="word">The word.</param>
    public bool Contains(ReadOnlySpan<char> word) => idsBySpan.ContainsKey(word);

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator() => ((IEnumerable<string>)words).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => words.GetEnumerator();
}
