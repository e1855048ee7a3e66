using RnnLm.Text;
using RnnLm.Users;
using RnnLm.Wording;

namespace RnnLm;

/// <summary>
/// What has been learned of a person who types: which words he writes, and which after which. It is of words as they are written, not of a vocabulary, so it
/// goes with
/// any model whose tokenizer makes the same words. It is kept small: where there would be more than <see cref="MaximumWords"/> words, every count is halved,
/// and what has none left is
/// forgotten.
/// </summary>
/// <remarks>
/// Its probability of a word is that of the longest context known, interpolated with the shorter ones by the method of Witten and Bell (1991), up to two
/// words before it. It belongs to one
/// thread at a time.
/// </remarks>
public sealed partial class UserModel
{
    /// <summary>The greatest number of words.</summary>
    public const int MaximumWords = 10_000;

    /// <summary>The greatest length of a word, in UTF-16 code units; a longer one is not learned.</summary>
    public const int MaximumWordLength = 64;

    // Of pairs and triples together; half of them are of two words.
    internal const int MostNGrams = 16 * MaximumWords;

    private readonly List<string> words = [];
    private readonly List<int> counts = []; // by word; 0 where it has been taken back
    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);
    private readonly Dictionary<WordPair, Followers> followers = [];
    private int nGrams;

    /// <summary>The words that are known, in no particular order.</summary>
    public IEnumerable<string> Words => words.Where((_, place) => counts[place] > 0);

    /// <summary>The number of different words.</summary>
    public int WordCount { get; private set; }

    /// <summary>How many words were read to learn from, those that were forgotten again left out.</summary>
    public long TotalCount { get; private set; }

    /// <summary>Changes whenever what is known changes.</summary>
    internal long Version { get; private set; }

    /// <summary>Changes whenever words get other places.</summary>
    internal int Numbering { get; private set; }

    /// <summary>Every word that has a place, whether or not it has been taken back.</summary>
    internal IReadOnlyList<string> Places => words;

    /// <summary>Learns a line of words.</summary>
    /// <param name="line">
    /// The words in their order. One that cannot be learned, since it is empty, has white space in it or is too long, parts those before it from those after
    /// it.
    /// </param>
    public void Learn(IEnumerable<string> line)
    {
        ArgumentNullException.ThrowIfNull(line);
        string? lastButOne = null, last = null;
        foreach (var word in line)
        {
            Add(word, last, lastButOne);
            (lastButOne, last) = (last, word);
        }
    }

    /// <summary>Whether a word has been learned, written in the same way.</summary>
    /// <param name="word">The word.</param>
    public bool Knows(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        return places.TryGetValue(word, out var place) && counts[place] > 0;
    }

    /// <summary>Forgets a word, and every phrase that it is in.</summary>
    /// <param name="word">The word.</param>
    /// <returns>Whether it was known.</returns>
    public bool Forget(string word)
    {
        if (!Knows(word)) return false;
        var forgotten = places[word];
        counts[forgotten] = 0;
        Rebuild(count => count, place => place != forgotten);
        return true;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear() => Rebuild(_ => 0, _ => false);

    /// <summary>Learns what another has learned, as from another device. Merging the same twice counts it twice.</summary>
    /// <param name="other">The other; left as it is.</param>
    public void Merge(UserModel other)
    {
        ArgumentNullException.ThrowIfNull(other);
        // One that is merged with itself changes while it is read.
        var from = ReferenceEquals(other, this) ? Copy() : other;
        for (var place = 0; place < from.words.Count; place++)
            if (from.counts[place] > 0) Count(PlaceOf(from.words[place]), from.counts[place]);
        foreach (var (context, after) in from.followers)
        {
            foreach (var (word, count) in after.Counts)
                Count(context.Map(place => PlaceOf(from.words[place])), PlaceOf(from.words[word]), count);
        }
        Version++;
        HalveWhereFull();
    }

    /// <summary>What is known, for people to read.</summary>
    public override string ToString() => FormattableString.Invariant($"{CountText.Of(WordCount, "word")} learned from {TotalCount:N0}");

    /// <summary>Whether a word is one that can be learned.</summary>
    internal static bool CanLearn(ReadOnlySpan<char> word)
    {
        if (word.IsEmpty || word.Length > MaximumWordLength || TextRepair.IsNeeded(word, leaveOutInvisible: false)) return false;
        foreach (var character in word)
            if (char.IsWhiteSpace(character) || char.IsControl(character)) return false;
        return true;
    }

    /// <summary>Learns a word.</summary>
    /// <param name="word">The word.</param>
    /// <param name="last">The word before it; null at the beginning of a line.</param>
    /// <param name="lastButOne">The word before that.</param>
    internal void Add(string word, string? last, string? lastButOne)
    {
        if (!CanLearn(word)) return;
        Count(PlaceOf(word), last, lastButOne, 1);
        Version++;
        HalveWhereFull();
    }

    /// <summary>Takes back what <see cref="Add"/> has learned, as where somebody deletes a word that he has just typed.</summary>
    internal void TakeBack(string word, string? last, string? lastButOne)
    {
        // What was halved in the meantime may be gone already.
        if (!CanLearn(word) || !places.TryGetValue(word, out var place) || counts[place] == 0) return;
        Count(place, last, lastButOne, -1);
        Version++;
    }

    /// <summary>The place of a word; null where it has none.</summary>
    internal int? FindPlace(string word) => places.TryGetValue(word, out var place) ? place : null;

    /// <summary>The probability of every word after others.</summary>
    /// <param name="last">The word before; null at the beginning of a line.</param>
    /// <param name="lastButOne">The word before that.</param>
    /// <param name="probabilities">Receives them by place, with a sum of one: as many as <see cref="Places"/>.</param>
    internal void Probabilities(string? last, string? lastButOne, Span<double> probabilities)
    {
        if (TotalCount == 0)
        {
            probabilities.Clear();
            return;
        }
        Followers? afterOne = null, afterTwo = null;
        if (last is not null && places.TryGetValue(last, out var before))
        {
            followers.TryGetValue(new WordPair(before), out afterOne);
            if (lastButOne is not null && places.TryGetValue(lastButOne, out var first)) followers.TryGetValue(new WordPair(before, first), out afterTwo);
        }
        var (shareOfTwo, shareOfOne) = (afterTwo?.ShareOfShorter ?? 1, afterOne?.ShareOfShorter ?? 1);
        for (var place = 0; place < counts.Count; place++) probabilities[place] = shareOfTwo * shareOfOne * counts[place] / TotalCount;
        if (afterOne is not null)
            foreach (var (word, count) in afterOne.Counts) probabilities[word] += shareOfTwo * afterOne.ShareOf(count);
        if (afterTwo is not null)
            foreach (var (word, count) in afterTwo.Counts) probabilities[word] += afterTwo.ShareOf(count);
    }

    private void Count(int place, string? last, string? lastButOne, int added)
    {
        Count(place, added);
        if (last is null || !places.TryGetValue(last, out var before)) return;
        Count(new WordPair(before), place, added);
        if (lastButOne is not null && places.TryGetValue(lastButOne, out var first)) Count(new WordPair(before, first), place, added);
    }

    private UserModel Copy()
    {
        var copy = new UserModel();
        copy.Merge(this);
        return copy;
    }

    private int PlaceOf(string word)
    {
        if (places.TryGetValue(word, out var place)) return place;
        place = words.Count;
        places.Add(word, place);
        words.Add(word);
        counts.Add(0);
        return place;
    }

    private void Count(int place, int added)
    {
        var count = counts[place];
        // Counts that are no more than an int holds stay what they are.
        var sum = (int)Math.Clamp((long)count + added, 0, int.MaxValue);
        counts[place] = sum;
        TotalCount += sum - count;
        WordCount += (sum > 0 ? 1 : 0) - (count > 0 ? 1 : 0);
    }

    private void Count(WordPair context, int word, int added)
    {
        if (!followers.TryGetValue(context, out var after))
        {
            if (added < 0) return;
            followers.Add(context, after = new Followers());
        }
        nGrams += after.Add(word, added);
        if (after.Counts.Count == 0) followers.Remove(context);
    }

    private void HalveWhereFull()
    {
        while (WordCount > MaximumWords || words.Count > 2 * MaximumWords || nGrams > MostNGrams)
        {
            // Words that were taken back have places, which are all that is too much then.
            var isPlacesAlone = WordCount <= MaximumWords && nGrams <= MostNGrams;
            Rebuild(count => isPlacesAlone ? count : count / 2, _ => true);
        }
    }

    /// <summary>Makes everything anew of other counts.</summary>
    /// <param name="change">The count that is left of one.</param>
    /// <param name="isKept">Whether a word is kept.</param>
    private void Rebuild(Func<int, int> change, Func<int, bool> isKept)
    {
        var (oldWords, oldCounts, oldFollowers) = (words.ToArray(), counts.ToArray(), followers.ToArray());
        words.Clear();
        counts.Clear();
        places.Clear();
        followers.Clear();
        (nGrams, WordCount, TotalCount) = (0, 0, 0);
        for (var place = 0; place < oldWords.Length; place++)
            if (isKept(place) && change(oldCounts[place]) is > 0 and var count) Count(PlaceOf(oldWords[place]), count);
        foreach (var (context, after) in oldFollowers)
        {
            if (!IsLeft(context.Last) || (context.LastButOne >= 0 && !IsLeft(context.LastButOne))) continue;
            foreach (var (word, count) in after.Counts)
                if (IsLeft(word) && change(count) is > 0 and var left) Count(context.Map(NewPlace), NewPlace(word), left);
        }
        Version++;
        Numbering++;

        bool IsLeft(int place) => places.ContainsKey(oldWords[place]);
        int NewPlace(int place) => places[oldWords[place]];
    }
}
