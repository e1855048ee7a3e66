using System.Runtime.InteropServices;
using RnnLm.Faults;

namespace RnnLm.NGrams;

/// <summary>The n-grams of one order of an ARPA file, in the order of its lines.</summary>
/// <param name="order">The order.</param>
internal sealed class ArpaSection(int order)
{
    private readonly List<int> words = []; // of each n-gram: [order]
    private readonly List<float> logProbabilities = [];
    private readonly List<float> backoffs = [];
    private readonly List<long> lines = [];

    /// <summary>The number of n-grams.</summary>
    public int Count => lines.Count;

    /// <summary>Adds an n-gram.</summary>
    /// <param name="ngram">Its words.</param>
    /// <param name="logProbability">The natural logarithm of its probability.</param>
    /// <param name="backoff">That of its back-off weight.</param>
    /// <param name="line">The number of its line.</param>
    public void Add(ReadOnlySpan<int> ngram, double logProbability, double backoff, long line)
    {
        words.AddRange(ngram);
        logProbabilities.Add((float)logProbability);
        backoffs.Add((float)backoff);
        lines.Add(line);
    }

    /// <summary>Puts the n-grams in order, behind those of the orders below, and says of these where what goes on from each begins.</summary>
    /// <param name="levels">The orders below.</param>
    /// <param name="isHighest">Whether there is no order above.</param>
    /// <param name="name">Names a word in what is told.</param>
    /// <exception cref="ModelFormatException">An n-gram is there twice, or is not there without its last word.</exception>
    public NGramLevel ToLevel(NGramLevel[] levels, bool isHighest, Func<int, string> name)
    {
        var places = Sorted();
        var level = new NGramLevel
        {
            Words = new int[Count],
            LogProbabilities = new float[Count],
            Backoffs = new float[isHighest ? 0 : Count],
            Continuations = new int[isHighest ? 0 : Count + 1],
        };
        var contexts = levels[^1];
        var (context, last) = (-1, 0);
        for (var i = 0; i < Count; i++)
        {
            var ngram = At(places[i]);
            var isSameContext = i > 0 && ngram[..^1].SequenceEqual(At(places[i - 1])[..^1]);
            if (isSameContext && ngram[^1] == level.Words[i - 1])
                throw Fault(Math.Max(lines[places[i]], lines[places[i - 1]]), $"the n-gram {Text(ngram)} is there a second time");
            if (!isSameContext)
            {
                context = NGramLevel.Find(levels, ngram[..^1]);
                if (context < 0) throw Fault(lines[places[i]], $"there is no {order - 1}-gram {Text(ngram[..^1])}, with which {Text(ngram)} begins");
                for (; last < context; last++) contexts.Continuations[last + 1] = i;
            }
            level.Words[i] = ngram[^1];
            level.LogProbabilities[i] = logProbabilities[places[i]];
            if (!isHighest) level.Backoffs[i] = backoffs[places[i]];
        }
        for (; last < contexts.Count; last++) contexts.Continuations[last + 1] = Count;
        return level;

        string Text(ReadOnlySpan<int> ngram) => Quotation.Of(string.Join(' ', ngram.ToArray().Select(name)));
    }

    /// <summary>What is told of a line that is not right.</summary>
    public static ModelFormatException Fault(long line, string fault) => new(FormattableString.Invariant($"Line {line}: {fault}."));

    private ReadOnlySpan<int> At(int place) => CollectionsMarshal.AsSpan(words).Slice(place * order, order);

    private int[] Sorted()
    {
        int[] places = [.. Enumerable.Range(0, Count)];
        var isSorted = true;
        for (var i = 1; i < Count && isSorted; i++) isSorted = At(i - 1).SequenceCompareTo(At(i)) <= 0;
        if (!isSorted) Array.Sort(places, (x, y) => At(x).SequenceCompareTo(At(y)) is var difference and not 0 ? difference : x.CompareTo(y));
        return places;
    }
}
