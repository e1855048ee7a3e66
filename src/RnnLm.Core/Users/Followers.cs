namespace RnnLm.Users;

/// <summary>How often each word has followed a context.</summary>
internal sealed class Followers
{
    private readonly Dictionary<int, int> counts = [];
    private long total;

    /// <summary>The counts by the words' places; none is 0.</summary>
    public IReadOnlyDictionary<int, int> Counts => counts;

    /// <summary>The share of the probability that goes to the shorter context: <c>T / (C + T)</c>, of <c>T</c> different words in <c>C</c>.</summary>
    public double ShareOfShorter => counts.Count / (double)(total + counts.Count);

    /// <summary>The share of the probability that a word with a count has for itself: <c>c / (C + T)</c>.</summary>
    public double ShareOf(int count) => count / (double)(total + counts.Count);

    /// <summary>Adds to the count of a word, or takes away from it as far as there is something.</summary>
    /// <returns>How many more words there are.</returns>
    public int Add(int word, int added)
    {
        var count = counts.GetValueOrDefault(word);
        var sum = (int)Math.Clamp((long)count + added, 0, int.MaxValue);
        total += sum - count;
        if (sum > 0) counts[word] = sum;
        else counts.Remove(word);
        return (sum > 0 ? 1 : 0) - (count > 0 ? 1 : 0);
    }
}
