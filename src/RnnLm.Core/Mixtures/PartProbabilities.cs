using System.Runtime.CompilerServices;

namespace RnnLm.Mixtures;

/// <summary>
/// The probability of each word of a text by each part of a mixture, from which the parts' weights are found:
/// <c>p = (1 − μ) (A ((1 − λ) p_networks + λ p_cache) + p_others) + μ p_n-gram</c>.
/// </summary>
internal sealed class PartProbabilities
{
    private const int MostIterations = 500;
    private const double LeastGain = 1e-9;

    // Where expectation maximisation begins; a weight that is zero would stay so.
    private const double FirstWeight = 0.15;

    /// <param name="words">The number of words.</param>
    /// <param name="caches">The number of caches tried.</param>
    /// <param name="hasNGram">Whether there is an n-gram model to find the weight of.</param>
    /// <param name="networkWeight"><c>A</c>, the share of the networks with their caches.</param>
    public PartProbabilities(int words, int caches, bool hasNGram, double networkWeight)
    {
        NetworkWeight = networkWeight;
        OfNetworks = new double[words];
        OfOthers = new double[words];
        OfNGram = new double[hasNGram ? words : 0];
        OfCaches = [.. Enumerable.Range(0, caches).Select(_ => new float[words])];
    }

    /// <summary>The probabilities of others, with other caches.</summary>
    public PartProbabilities(PartProbabilities others, int caches)
    {
        NetworkWeight = others.NetworkWeight;
        (OfNetworks, OfOthers, OfNGram) = (others.OfNetworks, others.OfOthers, others.OfNGram);
        OfCaches = [.. Enumerable.Range(0, caches).Select(_ => new float[others.Words])];
    }

    /// <summary>The number of words.</summary>
    public int Words => OfNetworks.Length;

    /// <summary><c>A</c>, the share of the networks with their caches in the model; the rest is that of n-gram models of members.</summary>
    public double NetworkWeight { get; }

    /// <summary>By the networks, whose weights sum to one here.</summary>
    public double[] OfNetworks { get; }

    /// <summary>By n-gram models of members, times their weights.</summary>
    public double[] OfOthers { get; }

    /// <summary>By the n-gram model; none where there is none.</summary>
    public double[] OfNGram { get; }

    /// <summary>By each cache.</summary>
    public float[][] OfCaches { get; }

    /// <summary>Weights, and the mean of <c>−ln p</c> with them.</summary>
    /// <param name="Cache"><c>λ</c>.</param>
    /// <param name="NGram"><c>μ</c>.</param>
    /// <param name="CrossEntropy">The mean of <c>−ln p</c> by word, in nats.</param>
    public readonly record struct Weights(double Cache, double NGram, double CrossEntropy);

    /// <summary>The cross-entropy without cache and n-gram model.</summary>
    public double CrossEntropyBefore => Expect(null, 0, 0).CrossEntropy;

    /// <summary>Finds the weights with which the words are most probable, by expectation maximisation (Dempster, Laird and Rubin 1977).</summary>
    /// <param name="cache">Which cache there is; null for none.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public Weights Find(int? cache, CancellationToken cancellationToken)
    {
        var caches = cache is { } index ? OfCaches[index] : null;
        var (lambda, mu) = (caches is null ? 0 : FirstWeight, OfNGram.Length == 0 ? 0 : FirstWeight);
        var before = double.PositiveInfinity;
        for (var iteration = 0; ; iteration++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var expected = Expect(caches, lambda, mu);
            if (iteration == MostIterations || !(before - expected.CrossEntropy > LeastGain)) return new Weights(lambda, mu, expected.CrossEntropy);
            before = expected.CrossEntropy;
            (lambda, mu) = (expected.Cache, expected.NGram);
        }
    }

    /// <summary>The cross-entropy with some weights, and the weights that follow from how much of the words each part explains.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Weights Expect(float[]? caches, double lambda, double mu)
    {
        double loss = 0, byCache = 0, byNetworks = 0, byNGram = 0;
        for (var word = 0; word < OfNetworks.Length; word++)
        {
            var network = (1 - mu) * NetworkWeight * (1 - lambda) * OfNetworks[word];
            var cache = caches is null ? 0 : (1 - mu) * NetworkWeight * lambda * caches[word];
            var nGram = OfNGram.Length == 0 ? 0 : mu * OfNGram[word];
            var sum = network + cache + nGram + ((1 - mu) * OfOthers[word]);
            loss -= Math.Log(sum);
            if (sum == 0) continue;
            byNetworks += network / sum;
            byCache += cache / sum;
            byNGram += nGram / sum;
        }
        return new Weights(byCache + byNetworks == 0 ? lambda : byCache / (byCache + byNetworks), byNGram / OfNetworks.Length, loss / OfNetworks.Length);
    }
}
