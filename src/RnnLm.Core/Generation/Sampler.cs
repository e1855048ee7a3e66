using RnnLm.Numerics;

namespace RnnLm.Generation;

/// <summary>Draws words by the options' temperature and cuts. It holds the state of its random numbers and its working room, so it belongs to one continuation.</summary>
internal sealed class Sampler(SamplingOptions options) : WordChooser
{
    private static readonly Comparer<double> Descending = Comparer<double>.Create((x, y) => y.CompareTo(x));

    private readonly double temperature = options.Temperature;
    private readonly int? topK = options.TopK;
    private readonly double? topP = options.TopP;
    private readonly double? minP = options.MinP;
    private readonly Random random = options.Seed is { } seed ? new Random(seed) : new Random();

    private double[] weights = [];
    private int[] ids = [];

    public override int Choose(ReadOnlySpan<float> logProbabilities)
    {
        if (weights.Length < logProbabilities.Length)
        {
            weights = new double[logProbabilities.Length];
            ids = new int[logProbabilities.Length];
        }
        var count = topK is { } k ? TakeMostProbable(logProbabilities, k) : TakeAll(logProbabilities);
        if (topP is { } mass) count = CutToMass(count, mass);
        if (minP is { } share) count = Keep(count, share); // the greatest weight is 1
        return Draw(count);
    }

    private int TakeMostProbable(ReadOnlySpan<float> logProbabilities, int k)
    {
        var count = VectorFunctions.TopK(logProbabilities, ids.AsSpan(0, Math.Min(k, logProbabilities.Length)));
        var greatest = logProbabilities[ids[0]];
        for (var i = 0; i < count; i++) weights[i] = Weight(logProbabilities[ids[i]], greatest);
        return count;
    }

    private int TakeAll(ReadOnlySpan<float> logProbabilities)
    {
        var greatest = VectorFunctions.Max(logProbabilities);
        for (var id = 0; id < logProbabilities.Length; id++)
        {
            weights[id] = Weight(logProbabilities[id], greatest);
            ids[id] = id;
        }
        return logProbabilities.Length;
    }

    // Relative to the most probable word's, which is 1; an excluded word's is 0.
    private double Weight(float logProbability, float greatest) => Math.Exp(((double)logProbability - greatest) / temperature);

    /// <summary>Keeps the fewest greatest weights that make up a share of the sum.</summary>
    private int CutToMass(int count, double mass)
    {
        var total = Sum(count);
        // All weights below this together are less than what may be cut, so they need not be sorted.
        var candidates = Keep(count, total * (1 - mass) / count);
        Array.Sort(weights, ids, 0, candidates, Descending);
        var sum = 0.0;
        var kept = 0;
        while (kept < candidates && sum < mass * total) sum += weights[kept++];
        return kept;
    }

    /// <summary>Keeps the weights that are not below the least.</summary>
    private int Keep(int count, double least)
    {
        var kept = 0;
        for (var i = 0; i < count; i++)
        {
            if (weights[i] < least) continue;
            weights[kept] = weights[i];
            ids[kept++] = ids[i];
        }
        return kept;
    }

    private int Draw(int count)
    {
        var rest = random.NextDouble() * Sum(count);
        var last = 0;
        for (var i = 0; i < count; i++)
        {
            if (weights[i] == 0) continue;
            last = i;
            rest -= weights[i];
            if (rest < 0) break;
        }
        return ids[last];
    }

    private double Sum(int count)
    {
        var sum = 0.0;
        for (var i = 0; i < count; i++) sum += weights[i];
        return sum;
    }
}
