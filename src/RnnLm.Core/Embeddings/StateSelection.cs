using RnnLm.Inference;

namespace RnnLm.Embeddings;

/// <summary>The states of a network that an embedding is made of.</summary>
internal sealed class StateSelection
{
    private readonly int[] layers;
    private readonly bool isOfCells;

    /// <param name="network">The network.</param>
    /// <param name="options">What is chosen: layers and states that the network has.</param>
    public StateSelection(Network network, EmbeddingOptions options)
    {
        Network = network;
        var shape = network.Shape;
        isOfCells = options.State == EmbeddedState.Cell;
        layers = options.AllLayers ? [.. Enumerable.Range(0, shape.Layers)] : options.Layers is { } chosen ? [.. chosen] : [shape.Layers - 1];
        Size = layers.Sum(SizeOf);
    }

    /// <summary>The network.</summary>
    public Network Network { get; }

    /// <summary>The number of values.</summary>
    public int Size { get; }

    /// <summary>The name of each value: its layer, the state and its unit, such as <c>Layer0.Hidden.12</c>.</summary>
    public string[] Names()
        => [.. layers.SelectMany(layer => Enumerable.Range(0, SizeOf(layer)).Select(unit => FormattableString.Invariant($"Layer{layer}.{(isOfCells ? "Cell" : "Hidden")}.{unit}")))];

    /// <summary>Copies the chosen states of one text, layer after layer.</summary>
    /// <param name="states">The states of the network.</param>
    /// <param name="row">The row of the text.</param>
    /// <param name="destination">Receives them: <c>[size]</c>.</param>
    public void Copy(RecurrentStates states, int row, Span<float> destination)
    {
        foreach (var layer in layers)
        {
            var values = (isOfCells ? states.Memory(layer) : states.Hidden(layer)).Row(row);
            values.CopyTo(destination);
            destination = destination[values.Length..];
        }
    }

    private int SizeOf(int layer) => isOfCells ? Network.Shape.UnitsOf(layer) : Network.Shape.OutputSizeOf(layer);
}
