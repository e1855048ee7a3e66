using System.Buffers;
using RnnLm.Numerics;

namespace RnnLm.Mixtures;

/// <summary>
/// A linear mixture of networks, their caches and n-gram models: <c>p(w) = Σ a_m [(1 − λ_m) p_m(w) + λ_m p_cache,m(w)] + Σ b_j p_j(w)</c>, its weights
/// summing to one. It is immutable and may be used by any number of threads at once.
/// </summary>
/// <param name="networks">The networks, at least one.</param>
/// <param name="nGrams">The n-gram models; there may be none.</param>
internal sealed class Mixture(IReadOnlyList<CachedNetwork> networks, IReadOnlyList<InterpolatedNGram> nGrams)
{
    /// <summary>The networks with their caches.</summary>
    public IReadOnlyList<CachedNetwork> Networks => networks;

    /// <summary>The n-gram models.</summary>
    public IReadOnlyList<InterpolatedNGram> NGrams => nGrams;

    /// <summary>The number of words.</summary>
    public int VocabularySize => networks[0].Network.Shape.VocabularySize;

    /// <summary>How many words before a word the n-gram models look at.</summary>
    public int ContextLength { get; } = nGrams.Select(nGram => nGram.ContextLength).DefaultIfEmpty().Max();

    /// <summary>A state that has read nothing.</summary>
    public RecurrentState CreateState() => new(networks[0].Network.Shape) { Companion = new MixtureState(this) };

    /// <summary>Throws where a state is not one of this mixture.</summary>
    /// <exception cref="ArgumentException">It is not.</exception>
    public MixtureState Check(RecurrentState state)
    {
        networks[0].Network.Check(state);
        if (state.Companion is MixtureState companion && companion.IsOf(this)) return companion;
        throw new ArgumentException("The state belongs to a model without this one's cache, n-gram model or members; begin with a state of this model's Start.", nameof(state));
    }

    /// <summary>The natural logarithm of the probability of every word to come next.</summary>
    /// <param name="state">What was read, by this mixture; left as it is.</param>
    /// <param name="destination">Receives the log-probabilities by word id: <c>[vocabulary]</c>.</param>
    public void LogProbabilities(RecurrentState state, Span<float> destination)
    {
        var companion = Check(state);
        var room = ArrayPool<float>.Shared.Rent(destination.Length);
        var other = room.AsSpan(0, destination.Length);
        for (var i = 0; i < networks.Count; i++)
        {
            var hidden = companion.StateOf(i, state).Output;
            var values = i == 0 ? destination : other;
            networks[i].Network.Output.LogProbabilities(hidden, values);
            AddCache(networks[i], companion.Cache(i), hidden, values);
            if (i > 0) LogSum.Add(other, destination);
        }
        foreach (var nGram in nGrams)
        {
            nGram.LogProbabilities(companion.Context, other);
            VectorFunctions.Subtract(-(float)Math.Log(nGram.Weight), other);
            LogSum.Add(other, destination);
        }
        ArrayPool<float>.Shared.Return(room);
    }

    /// <summary>The natural logarithm of the probability of one word to come next.</summary>
    /// <param name="word">The word's id.</param>
    /// <param name="state">What was read, by this mixture; left as it is.</param>
    public double LogProbability(int word, RecurrentState state)
    {
        var companion = Check(state);
        var sum = LogSum.Zero;
        for (var i = 0; i < networks.Count; i++)
        {
            var (part, cache, ofNetwork) = (networks[i], companion.Cache(i), companion.StateOf(i, state));
            var cached = cache is { Count: > 0 };
            sum = LogSum.Add(sum, part.Network.LogProbability(word, ofNetwork) + Math.Log(part.WeightOfNetwork(cached)));
            if (cached) sum = LogSum.Add(sum, Math.Log(part.WeightOfCache * cache!.Probability(word, ofNetwork.Output, part.Cache!.Sharpness)));
        }
        foreach (var nGram in nGrams) sum = LogSum.Add(sum, nGram.LogProbability(companion.Context, word) + Math.Log(nGram.Weight));
        return sum;
    }

    /// <summary>Weights what a network gives, and adds what its cache gives.</summary>
    private static void AddCache(CachedNetwork part, CacheContents? cache, ReadOnlySpan<float> hidden, Span<float> logProbabilities)
    {
        var cached = cache is { Count: > 0 };
        var weight = part.WeightOfNetwork(cached);
        if (weight != 1) VectorFunctions.Subtract(-(float)Math.Log(weight), logProbabilities);
        if (!cached) return;

        var (sums, words, probabilities) = (
            ArrayPool<float>.Shared.Rent(logProbabilities.Length), ArrayPool<int>.Shared.Rent(cache!.Count), ArrayPool<float>.Shared.Rent(cache.Count));
        sums.AsSpan(0, logProbabilities.Length).Clear();
        var count = cache.Probabilities(hidden, part.Cache!.Sharpness, sums.AsSpan(0, logProbabilities.Length), words, probabilities);
        for (var i = 0; i < count; i++)
        {
            ref var logProbability = ref logProbabilities[words[i]];
            logProbability = (float)LogSum.Add(logProbability, Math.Log(part.WeightOfCache * probabilities[i]));
        }
        ArrayPool<float>.Shared.Return(sums);
        ArrayPool<int>.Shared.Return(words);
        ArrayPool<float>.Shared.Return(probabilities);
    }
}
