using System.Runtime.InteropServices;
using RnnLm.Faults;

namespace RnnLm.NGrams;

/// <summary>The back-off weights above one of an ARPA file, which alone can make a probability above one.</summary>
internal sealed class ArpaBackoffs
{
    // Of a logarithm: weights are written with few digits.
    private const double LargestRounding = 0.01;

    private readonly List<int> contexts = []; // one after the other
    private readonly List<(int End, long Line)> entries = []; // of each context, where it ends among them

    /// <summary>Adds a back-off weight; one that is not above one is passed over.</summary>
    /// <param name="context">The words that it is of.</param>
    /// <param name="backoff">Its natural logarithm.</param>
    /// <param name="line">The number of its line.</param>
    public void Add(ReadOnlySpan<int> context, double backoff, long line)
    {
        if (!(backoff > 0)) return;
        contexts.AddRange(context);
        entries.Add((contexts.Count, line));
    }

    /// <summary>
    /// Throws where a word gets a probability above one by a back-off weight. After each context the word is looked at that is the most probable by itself
    /// of those that the context does not go on with; so this takes a look-up for each weight, and a word that only a longer context makes probable is passed over.
    /// </summary>
    /// <param name="table">The model.</param>
    /// <param name="name">Names a word in what is told.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="ModelFormatException">A probability is above one; the message has the line of the weight.</exception>
    public void Check(NGramTable table, Func<int, string> name, CancellationToken cancellation)
    {
        if (entries.Count == 0) return;
        NGramLevel[] levels = [.. table.Levels];
        int[] words = [.. Enumerable.Range(0, table.VocabularySize)];
        Array.Sort([.. table.Levels[0].LogProbabilities.Select(value => -value)], words);
        var start = 0;
        foreach (var (end, line) in entries)
        {
            cancellation.ThrowIfCancellationRequested();
            var context = CollectionsMarshal.AsSpan(contexts)[start..end];
            start = end;
            if (MostProbable(levels, context, words) is not { } word || table.LogProbability(context, word) <= LargestRounding) continue;
            throw ArpaSection.Fault(line, $"its back-off weight gives {Quotation.Of(name(word))} a probability above one");
        }
    }

    /// <summary>The first of some words that a context does not go on with; null where it goes on with all.</summary>
    private static int? MostProbable(NGramLevel[] levels, ReadOnlySpan<int> context, int[] words)
    {
        var range = levels[context.Length - 1].ContinuationsOf(NGramLevel.Find(levels, context));
        foreach (var word in words)
            if (levels[context.Length].Find(range, word) < 0) return word;
        return null;
    }
}
