namespace RnnLm;

/// <summary>What is tried in tuning, alone or together.</summary>
public enum TuningKind
{
    /// <summary>The network alone; of an ensemble the networks with the n-gram models of members, which stay.</summary>
    Network,

    /// <summary>The network with a cache.</summary>
    Cache,

    /// <summary>The network interpolated with an n-gram model.</summary>
    NGram,

    /// <summary>The network with a cache and an n-gram model.</summary>
    CacheAndNGram,

    /// <summary>The network with dynamic evaluation.</summary>
    Dynamic,

    /// <summary>The network with all that there is.</summary>
    Together,
}
