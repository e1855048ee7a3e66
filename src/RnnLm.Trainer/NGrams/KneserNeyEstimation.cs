using System.Runtime.CompilerServices;
using RnnLm.NGrams;

namespace RnnLm.Training;

/// <summary>
/// Interpolated Kneser-Ney smoothing with three discounts an order (Chen &amp; Goodman 1999): <c>p(w | h) = (c(hw) − D(c(hw))) / c(h) + γ(h) p(w | h')</c>, where
/// <c>h'</c> is <c>h</c> without its first word, <c>γ(h)</c> what was taken from the counts after <c>h</c>, and below all <c>p(w) = 1 / V</c>.
/// </summary>
internal sealed class KneserNeyEstimation
{
    private readonly AdjustedCounts counts;
    private readonly CancellationToken cancellation;
    private readonly NGramLevel[] levels;

    private KneserNeyEstimation(AdjustedCounts counts, int order, CancellationToken cancellation)
    {
        this.counts = counts;
        this.cancellation = cancellation;
        levels = new NGramLevel[order];
    }

    /// <summary>Makes a model of counts.</summary>
    /// <param name="counts">The counts.</param>
    /// <param name="order">The order.</param>
    /// <param name="discounts">The discounts of each order, from 1 on.</param>
    /// <param name="cancellation">Ends it early.</param>
    public static NGramTable Estimate(AdjustedCounts counts, int order, IReadOnlyList<Discounts> discounts, CancellationToken cancellation)
        => new KneserNeyEstimation(counts, order, cancellation).Estimate(discounts);

    private NGramTable Estimate(IReadOnlyList<Discounts> discounts)
    {
        levels[0] = CreateLevel(1, counts.Unigrams.Length);
        EstimateWords(discounts[0]);
        int[] shorter = []; // where each n-gram of the order below is without its first word
        for (var n = 2; n <= levels.Length; n++)
        {
            levels[n - 1] = CreateLevel(n, counts.Counts[n]);
            var values = Place(n);
            shorter = EstimateOrder(n, values, shorter, discounts[n - 1]);
        }
        foreach (var level in levels) TakeLogarithms(level.LogProbabilities);
        return new NGramTable(levels);
    }

    private NGramLevel CreateLevel(int n, int count) => new()
    {
        Words = new int[n == 1 ? 0 : count],
        LogProbabilities = new float[count], // probabilities, until the end
        Backoffs = new float[n == levels.Length ? 0 : count],
        Continuations = new int[n == levels.Length ? 0 : count + 1],
    };

    private void EstimateWords(Discounts discounts)
    {
        double total = 0, taken = 0;
        foreach (var count in counts.Unigrams)
        {
            total += count;
            taken += discounts.Of(count);
        }
        var rest = taken / total / counts.Unigrams.Length;
        for (var word = 0; word < counts.Unigrams.Length; word++)
            levels[0].LogProbabilities[word] = (float)(((counts.Unigrams[word] - discounts.Of(counts.Unigrams[word])) / total) + rest);
    }

    /// <summary>Puts the n-grams of an order in their places.</summary>
    /// <returns>Their counts.</returns>
    private long[] Place(int n)
    {
        var (level, contexts) = (levels[n - 1], levels[n - 2]);
        var values = new long[level.Count];
        var context = new int[n - 1];
        context.AsSpan().Fill(NGramCounter.Nothing);
        var (place, last) = (-1, 0);
        using var sorted = counts.InOrder(n);
        for (var i = 0; sorted.MoveNext(); i++)
        {
            if (i % (1 << 16) == 0) cancellation.ThrowIfCancellationRequested();
            var words = sorted.Words;
            if (!words[..^1].SequenceEqual(context))
            {
                words[..^1].CopyTo(context);
                place = NGramLevel.Find(levels, context); // it is there, since what begins an n-gram of a text is one too
                for (; last < place; last++) contexts.Continuations[last + 1] = i;
            }
            level.Words[i] = words[^1];
            values[i] = sorted.Count;
        }
        for (; last < contexts.Count; last++) contexts.Continuations[last + 1] = level.Count;
        return values;
    }

    /// <summary>The probabilities of an order, and the weights of its contexts.</summary>
    /// <returns>Where each n-gram is at the order below without its first word.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int[] EstimateOrder(int n, long[] values, int[] shorterContexts, Discounts discounts)
    {
        var (level, contexts, below) = (levels[n - 1], levels[n - 2], levels[n - 2]);
        var shorter = new int[level.Count];
        for (var context = 0; context < contexts.Count; context++)
        {
            if (context % (1 << 16) == 0) cancellation.ThrowIfCancellationRequested();
            var (start, end) = contexts.ContinuationsOf(context);
            if (start == end) continue;
            double total = 0, taken = 0;
            for (var i = start; i < end; i++)
            {
                total += values[i];
                taken += discounts.Of(values[i]);
            }
            var weight = taken / total;
            contexts.Backoffs[context] = (float)Math.Log(weight);
            // Among the words that follow the shorter context are all that follow this one, in the same order.
            var range = n == 2 ? (0, below.Count) : levels[n - 3].ContinuationsOf(shorterContexts[context]);
            for (var i = start; i < end; i++)
            {
                var place = n == 2 ? level.Words[i] : below.Find(range, level.Words[i]);
                range.Item1 = place + 1;
                shorter[i] = place;
                level.LogProbabilities[i] = (float)(((values[i] - discounts.Of(values[i])) / total) + (weight * below.LogProbabilities[place]));
            }
        }
        return shorter;
    }

    private static void TakeLogarithms(Span<float> probabilities)
    {
        // Rounding may have brought one above 1.
        foreach (ref var value in probabilities) value = (float)Math.Log(Math.Min(1.0, value));
    }
}
