namespace RnnLm.NGrams;

/// <summary>The n-grams of one order, sorted by their first word, then by their second, and so on, so that those that go on from one context lie together.</summary>
/// <remarks>
/// A begin-of-line marker is the end-of-line word as first word of an n-gram of two words or more, and at order 1 that word's
/// <see cref="Backoffs"/>; as last word it is the end of a line.
/// </remarks>
internal sealed class NGramLevel
{
    /// <summary>The last word of each n-gram: <c>[count]</c>; empty at order 1, where the n-gram's place is its word.</summary>
    public required int[] Words { get; init; }

    /// <summary>The natural logarithm of the last word's probability after the others: <c>[count]</c>.</summary>
    public required float[] LogProbabilities { get; init; }

    /// <summary>
    /// The natural logarithm of the weight that the distribution of a shorter context has where the n-gram is the context: <c>[count]</c>; empty at the highest order.
    /// </summary>
    public required float[] Backoffs { get; init; }

    /// <summary>Where the n-grams of the next order begin that go on from each, with their number at the end: <c>[count + 1]</c>; empty at the highest order.</summary>
    public required int[] Continuations { get; init; }

    /// <summary>The number of n-grams.</summary>
    public int Count => LogProbabilities.Length;

    /// <summary>Where the n-grams of the next order are that go on from one.</summary>
    public (int Start, int End) ContinuationsOf(int place) => (Continuations[place], Continuations[place + 1]);

    /// <summary>The place of the n-gram with a last word among those from one place up to another; below 0 where there is none.</summary>
    public int Find((int Start, int End) range, int word)
    {
        var place = Words.AsSpan(range.Start, range.End - range.Start).BinarySearch(word);
        return place < 0 ? -1 : range.Start + place;
    }

    /// <summary>The place of an n-gram at its order; below 0 where there is none.</summary>
    /// <param name="levels">The n-grams of each order, from 1 on, up to that of the n-gram at least.</param>
    /// <param name="words">The words of the n-gram.</param>
    public static int Find(ReadOnlySpan<NGramLevel> levels, ReadOnlySpan<int> words)
    {
        var place = words[0];
        for (var length = 1; length < words.Length && place >= 0; length++)
            place = levels[length].Find(levels[length - 1].ContinuationsOf(place), words[length]);
        return place;
    }
}
