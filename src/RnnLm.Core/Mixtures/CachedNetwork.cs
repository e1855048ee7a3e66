namespace RnnLm.Mixtures;

/// <summary>A network in a mixture, with its cache.</summary>
/// <param name="network">The network.</param>
/// <param name="weight">Its share of the probability, that of its cache included; above 0.</param>
/// <param name="cache">The settings of its cache; null where it has none.</param>
internal sealed class CachedNetwork(Network network, double weight, NeuralCache? cache)
{
    /// <summary>The network.</summary>
    public Network Network => network;

    /// <summary>The settings of its cache; null where it has none.</summary>
    public NeuralCache? Cache => cache;

    /// <summary>The size of the states that the output layer reads, and that the cache holds.</summary>
    public int StateSize => network.Shape.OutputSize;

    /// <summary>How many states the cache holds; 0 where there is none.</summary>
    public int CacheSize => cache?.Size ?? 0;

    /// <summary>The network's share of the probability.</summary>
    /// <param name="cached">Whether the cache has any words; where it has none, its share is the network's.</param>
    public double WeightOfNetwork(bool cached) => cached ? weight * (1 - cache!.Weight) : weight;

    /// <summary>The cache's share of the probability, where it has words.</summary>
    public double WeightOfCache => weight * cache!.Weight;
}
