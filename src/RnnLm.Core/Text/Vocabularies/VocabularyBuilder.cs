using System.Globalization;
using System.Runtime.InteropServices;
using RnnLm.Text;

namespace RnnLm;

/// <summary>Counts words and makes a vocabulary of the most frequent.</summary>
public sealed class VocabularyBuilder
{
    private readonly Dictionary<string, int> indices = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> indicesBySpan;
    private readonly List<string> words = [];
    private readonly List<long> counts = [];

    /// <summary>Makes a builder that has counted nothing.</summary>
    public VocabularyBuilder() => indicesBySpan = indices.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The number of words counted, each as often as it occurred.</summary>
    public long Count { get; private set; }

    /// <summary>The number of distinct words counted.</summary>
    public int DistinctCount => words.Count;

    /// <summary>The distinct words in the order in which they were first met.</summary>
    internal IReadOnlyList<string> Words => words;

    /// <summary>Counts one occurrence of a word.</summary>
    /// <param name="word">The word.</param>
    /// <exception cref="ArgumentException"><paramref name="word"/> is empty or holds half a surrogate pair.</exception>
    public void Add(ReadOnlySpan<char> word)
    {
        if (word.IsEmpty) throw new ArgumentException("A word has at least one character.", nameof(word));
        if (TextRepair.IsNeeded(word, leaveOutInvisible: false))
            throw new ArgumentException("The word holds half a surrogate pair, which is no character.", nameof(word));
        CountWord(word);
    }

    /// <summary>How often a word was counted.</summary>
    /// <param name="word">The word.</param>
    public long CountOf(ReadOnlySpan<char> word) => indicesBySpan.TryGetValue(word, out var index) ? counts[index] : 0;

    /// <summary>
    /// Makes a vocabulary of the words counted so far: the special words, then the words that occur at least
    /// <see cref="VocabularyOptions.MinimumCount"/> times from the most frequent to the least, equally frequent ones in ordinal order, up
    /// to <see cref="VocabularyOptions.MaximumSize"/> words in all. Words of the text that equal a special word are that special word.
    /// </summary>
    /// <param name="options">The options; null stands for the defaults.</param>
    /// <exception cref="ArgumentException">One or more options are out of range.</exception>
    /// <exception cref="InvalidOperationException">No word was counted, or nothing but the special words is left.</exception>
    public Vocabulary Build(VocabularyOptions? options = null)
    {
        options ??= new VocabularyOptions();
        options.Validate();
        if (Count == 0) throw new InvalidOperationException("There is no word to make a vocabulary of: the text is empty.");

        var others = MostFrequent(options.MinimumCount, word => !IsSpecial(word, options));
        if (others.Count == 0) throw new InvalidOperationException(WhyNothingIsLeft(options));
        return new Vocabulary([options.UnknownWord, options.EndOfLineWord, .. others.Take((options.MaximumSize ?? int.MaxValue) - 2)]);
    }

    /// <summary>
    /// Makes a vocabulary of another one and the words counted so far that it lacks: its words keep their ids, and behind them come those that occur at
    /// least <see cref="VocabularyOptions.MinimumCount"/> times from the most frequent to the least, equally frequent ones in ordinal order, up to
    /// <see cref="VocabularyOptions.MaximumSize"/> words in all. The special words are those of the other one.
    /// </summary>
    /// <param name="vocabulary">The vocabulary to extend.</param>
    /// <param name="options">The options; null stands for the defaults.</param>
    /// <returns>The longer vocabulary, or <paramref name="vocabulary"/> itself where no word is new.</returns>
    /// <exception cref="ArgumentException">
    /// One or more options are out of range, a special word is neither the default nor that of the vocabulary, or
    /// <see cref="VocabularyOptions.MaximumSize"/> leaves no room for a new word.
    /// </exception>
    public Vocabulary Extend(Vocabulary vocabulary, VocabularyOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        options ??= new VocabularyOptions();
        options.ValidateFor(vocabulary);
        var others = MostFrequent(options.MinimumCount, word => !vocabulary.Contains(word));
        return others.Count == 0 ? vocabulary : new Vocabulary([.. vocabulary, .. others.Take((options.MaximumSize ?? int.MaxValue) - vocabulary.Count)]);
    }

    /// <returns>The index of the word among <see cref="Words"/>.</returns>
    internal int CountWord(ReadOnlySpan<char> word)
    {
        Count++;
        if (indicesBySpan.TryGetValue(word, out var index))
        {
            CollectionsMarshal.AsSpan(counts)[index]++;
            return index;
        }
        index = words.Count;
        words.Add(word.ToString());
        counts.Add(1);
        indices.Add(words[index], index);
        return index;
    }

    /// <summary>Takes one occurrence back.</summary>
    /// <param name="index">The index of the word among <see cref="Words"/>.</param>
    internal void Discount(int index)
    {
        Count--;
        CollectionsMarshal.AsSpan(counts)[index]--;
    }

    /// <summary>The words that occur so often, from the most frequent to the least.</summary>
    private IReadOnlyList<string> MostFrequent(int minimumCount, Predicate<string> isWanted)
    {
        var candidates = new List<int>();
        for (var index = 0; index < words.Count; index++)
        {
            if (counts[index] >= minimumCount && isWanted(words[index])) candidates.Add(index);
        }
        candidates.Sort(CompareByFrequency);
        return [.. candidates.Select(index => words[index])];
    }

    private static bool IsSpecial(string word, VocabularyOptions options) => word == options.UnknownWord || word == options.EndOfLineWord;

    private int CompareByFrequency(int left, int right)
    {
        var byCount = counts[right].CompareTo(counts[left]);
        return byCount != 0 ? byCount : string.CompareOrdinal(words[left], words[right]);
    }

    private string WhyNothingIsLeft(VocabularyOptions options)
    {
        var special = $"{options.UnknownWord} and {options.EndOfLineWord}";
        var others = Enumerable.Range(0, words.Count).Where(index => counts[index] > 0 && !IsSpecial(words[index], options)).ToList();
        if (others.Count == 0) return $"The vocabulary would hold nothing but {special}: the text has no other word. Give text that has words.";
        var greatest = others.Max(index => counts[index]);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"The vocabulary would hold nothing but {special}: the text has {others.Count:N0} other distinct words, the most frequent of which occurs {greatest:N0} times, and MinimumCount is {options.MinimumCount:N0}. Set MinimumCount to at most {greatest:N0}, or give more text.");
    }
}
