using RnnLm.Faults;
using RnnLm.Wording;

namespace RnnLm;

/// <summary>What an embedding of a text or of a word is made of.</summary>
public sealed record EmbeddingOptions
{
    /// <summary>How the states after the words of a text become one. It cannot be set where each word has an embedding of its own.</summary>
    /// <value>Null, the default, means <see cref="EmbeddingPooling.Last"/>.</value>
    public EmbeddingPooling? Pooling { get; set; }

    /// <summary>The layers whose states stand one behind the other in an embedding, by their indices from 0, each once.</summary>
    /// <value>Null, the default, means the last layer alone.</value>
    public IReadOnlyList<int>? Layers { get; set; }

    /// <summary>Whether the states of all layers stand in an embedding, from the first on. It does not go with <see cref="Layers"/>.</summary>
    /// <value>The default is false.</value>
    public bool AllLayers { get; set; }

    /// <summary>Which state of a layer is taken.</summary>
    /// <value>The default is <see cref="EmbeddedState.Output"/>.</value>
    public EmbeddedState State { get; set; }

    /// <summary>
    /// Which member of an ensemble the embedding is of, from 0; only an ensemble has any. Caches and n-gram models have no states, and no part in embeddings.
    /// </summary>
    /// <value>Null, the default, means the first.</value>
    public int? Member { get; set; }

    /// <summary>Throws where an option is out of range, naming every fault.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One or more options are out of range, or do not go together.</exception>
    public void Validate()
    {
        var faults = new OptionFaults();
        AddFaults(faults);
        faults.ThrowIfAny(nameof(EmbeddingOptions));
    }

    internal void AddFaults(OptionFaults faults)
    {
        if (Pooling is { } pooling) faults.RequireDefined(nameof(Pooling), pooling);
        faults.RequireDefined(nameof(State), State);
        faults.RequireAtLeast(nameof(Member), Member, 0);
        if (Layers is null) return;
        faults.Require(!AllLayers, nameof(AllLayers), AllLayers, "left as it is where Layers is set");
        faults.Require(
            Layers.Count > 0 && Layers.All(layer => layer >= 0) && Layers.Distinct().Count() == Layers.Count, nameof(Layers), Layers,
            "the indices of layers, from 0, each once");
    }

    /// <summary>A copy that shares nothing with this one.</summary>
    internal EmbeddingOptions Copy() => this with { Layers = Layers is null ? null : [.. Layers] };

    /// <summary>Adds what is wrong with the options for a network and the model it is of.</summary>
    /// <param name="faults">Receives the faults.</param>
    /// <param name="cell">The cell of every layer.</param>
    /// <param name="layers">The number of layers.</param>
    /// <param name="members">The number of members; 0 where the model is no ensemble.</param>
    internal void AddFaults(OptionFaults faults, CellKind cell, int layers, int members)
    {
        if (Layers is not null)
            faults.Require(
                Layers.All(layer => layer < layers), nameof(Layers), Layers, FormattableString.Invariant($"from 0 to {layers - 1}, as the network has {CountText.Of(layers, "layer")}"));
        if (State == EmbeddedState.Cell && Networks.Cell.Of(cell) is { HasMemory: false, Name: var name })
            faults.Add(nameof(State), nameof(EmbeddedState.Cell), $"{nameof(EmbeddedState.Output)}: {name} cells have no cell state, as {Networks.Cell.WithMemory} have");
        if (Member is { } member && members == 0) faults.Add(nameof(Member), FormattableString.Invariant($"{member}"), "left as it is: the model is no ensemble");
        else if (Member is not null) faults.RequireBetween(nameof(Member), Member, 0, members - 1);
    }
}
