using RnnLm.Inference;

namespace RnnLm.Mixtures;

/// <summary>What a mixture remembers beside the state of its first network: those of its others, what the caches hold, and the last words.</summary>
internal sealed class MixtureState : CompanionState
{
    private readonly Mixture mixture;
    private readonly RecurrentState[] others; // of all networks but the first
    private readonly CacheContents?[] caches; // of all networks
    private readonly int[] context;
    private int contextLength;
    private bool hasRead;

    public MixtureState(Mixture mixture)
        : this(mixture, [.. mixture.Networks.Skip(1).Select(part => part.Network.CreateState())])
    {
    }

    private MixtureState(Mixture mixture, RecurrentState[] others)
    {
        this.mixture = mixture;
        this.others = others;
        caches = [.. mixture.Networks.Select(part => part.Cache is { } cache ? new CacheContents(cache.Size, part.StateSize) : null)];
        context = new int[mixture.ContextLength];
    }

    /// <summary>The last words read, the oldest first, as many as the n-gram models look back or there are.</summary>
    public ReadOnlySpan<int> Context => context.AsSpan(context.Length - contextLength);

    /// <summary>What the cache of a network holds; null where it has none.</summary>
    /// <param name="network">The network's place.</param>
    public CacheContents? Cache(int network) => caches[network];

    /// <summary>The state of a network.</summary>
    /// <param name="network">The network's place.</param>
    /// <param name="state">The state that this one goes along with: that of the first.</param>
    public RecurrentState StateOf(int network, RecurrentState state) => network == 0 ? state : others[network - 1];

    public override void Read(int word, RecurrentState state)
    {
        // The first word is predicted from no state, so no cache can hold it.
        if (hasRead)
            for (var i = 0; i < caches.Length; i++) caches[i]?.Add(word, StateOf(i, state).Output);
        hasRead = true;
        for (var i = 0; i < others.Length; i++) mixture.Networks[i + 1].Network.Step(word, others[i]);
        if (context.Length == 0) return;
        context.AsSpan(1).CopyTo(context);
        context[^1] = word;
        contextLength = Math.Min(contextLength + 1, context.Length);
    }

    public override void Clear()
    {
        foreach (var other in others) other.Clear();
        foreach (var cache in caches) cache?.Clear();
        contextLength = 0;
        hasRead = false;
    }

    public override CompanionState Clone()
    {
        var copy = new MixtureState(mixture, [.. others.Select(other => other.Clone())]);
        CopyOwnTo(copy);
        return copy;
    }

    public override void CopyTo(CompanionState destination)
    {
        var copy = (MixtureState)destination;
        for (var i = 0; i < others.Length; i++) others[i].CopyTo(copy.others[i]);
        CopyOwnTo(copy);
    }

    public override bool Fits(CompanionState? other) => other is MixtureState state && state.IsOf(mixture);

    /// <summary>Whether it is of a mixture.</summary>
    public bool IsOf(Mixture other) => ReferenceEquals(mixture, other);

    private void CopyOwnTo(MixtureState copy)
    {
        for (var i = 0; i < caches.Length; i++) caches[i]?.CopyTo(copy.caches[i]!);
        context.CopyTo(copy.context.AsSpan());
        copy.contextLength = contextLength;
        copy.hasRead = hasRead;
    }
}
