using RnnLm.Tests.Inference;

namespace RnnLm.Tests.Mixtures;

/// <summary>A mixture's equations written down as plain loops in double precision: what the real one is held against.</summary>
internal sealed class PlainMixture(IReadOnlyList<PlainMixture.Part> parts, params (NGramModel Model, double Weight)[] nGrams)
{
    private readonly PlainNetwork[] networks = [.. parts.Select(part => new PlainNetwork(part.Weights))];
    private readonly List<(double[] State, int Word)>[] caches = [.. parts.Select(_ => new List<(double[], int)>())];
    private readonly List<int> read = [];

    /// <summary>A network, its share of the probability with its cache, and the cache.</summary>
    public sealed record Part(NetworkWeights Weights, double Weight = 1, NeuralCache? Cache = null);

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        foreach (var network in networks) network.Clear();
        foreach (var cache in caches) cache.Clear();
        read.Clear();
    }

    public void Step(int word)
    {
        for (var i = 0; i < networks.Length; i++)
        {
            if (read.Count > 0) caches[i].Add(([.. networks[i].Output], word));
            networks[i].Step(word);
        }
        read.Add(word);
    }

    public double[] Probabilities()
    {
        var sums = new double[parts[0].Weights.Shape.VocabularySize];
        for (var i = 0; i < parts.Count; i++)
        {
            var (part, network) = (parts[i], networks[i]);
            var window = part.Cache is { } cache ? caches[i].TakeLast(cache.Size).ToArray() : [];
            var share = window.Length > 0 ? part.Cache!.Weight : 0;
            var logProbabilities = network.LogProbabilities();
            for (var word = 0; word < sums.Length; word++) sums[word] += part.Weight * (1 - share) * Math.Exp(logProbabilities[word]);
            double[] likeness = [.. window.Select(entry => Math.Exp(part.Cache!.Sharpness * entry.State.Zip(network.Output, (x, y) => x * y).Sum()))];
            for (var entry = 0; entry < window.Length; entry++) sums[window[entry].Word] += part.Weight * share * likeness[entry] / likeness.Sum();
        }
        foreach (var (model, weight) in nGrams)
            for (var word = 0; word < sums.Length; word++) sums[word] += weight * Math.Exp(model.LogProbability([.. read], word));
        return sums;
    }

    /// <summary>The log-probability of each word of a text read from the beginning of a line, and its rank; with lines apart, each line begins anew.</summary>
    public (double[] LogProbabilities, int[] Ranks) Score(IReadOnlyList<int> ids, bool separatesLines = false)
    {
        var (values, ranks) = (new double[ids.Count], new int[ids.Count]);
        Clear();
        Step(Vocabulary.EndOfLineId);
        for (var i = 0; i < ids.Count; i++)
        {
            var probabilities = Probabilities();
            values[i] = Math.Log(probabilities[ids[i]]);
            ranks[i] = probabilities.Count(value => value > probabilities[ids[i]]);
            if (separatesLines && ids[i] == Vocabulary.EndOfLineId) Clear();
            Step(ids[i]);
        }
        return (values, ranks);
    }
}
