using RnnLm.Inference;

namespace RnnLm;

/// <summary>
/// What a network remembers of the words it has read: the hidden state of every layer, and the cell state of an LSTM's or a CIFG's. The caller
/// holds it and hands it in, so a network serves any number of texts at once; one state belongs to one thread at a time. That of a model with a
/// cache, an n-gram model or members, which <see cref="LanguageModel.Start()"/> makes, has with it what these remember.
/// </summary>
public sealed class RecurrentState
{
    internal RecurrentState(NetworkShape shape)
    {
        States = new RecurrentStates(shape, 1);
        States.Reset();
    }

    /// <summary>The number of layers.</summary>
    public int Layers => States.Shape.Layers;

    /// <summary>The hidden state of the last layer, which the output layer reads: <c>[output]</c>.</summary>
    public ReadOnlySpan<float> Output => Hidden(Layers - 1);

    /// <summary>This state as a row of states, the only one.</summary>
    internal RecurrentStates States { get; }

    /// <summary>What goes along with the state where the model is more than one network; null where it is not.</summary>
    internal CompanionState? Companion { get; init; }

    /// <summary>The hidden state of a layer, projected where it is: <c>[output]</c>.</summary>
    /// <param name="layer">The layer, from 0.</param>
    public ReadOnlySpan<float> Hidden(int layer) => States.Hidden(layer).Row(0);

    /// <summary>The cell state of a layer: <c>[hidden]</c>; empty unless the cells are LSTMs or CIFGs.</summary>
    /// <param name="layer">The layer, from 0.</param>
    public ReadOnlySpan<float> Cell(int layer) => States.Memory(layer).Row(0);

    /// <summary>Forgets everything: every value becomes zero.</summary>
    public void Clear()
    {
        States.Reset();
        Companion?.Clear();
    }

    /// <summary>Makes a copy that shares nothing with this one.</summary>
    public RecurrentState Clone()
    {
        var copy = new RecurrentState(States.Shape) { Companion = Companion?.Clone() };
        copy.States.CopyFrom(States, [0]);
        return copy;
    }

    /// <summary>Overwrites another state with this one.</summary>
    /// <param name="destination">The state to overwrite.</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> belongs to a network of another shape, or to another mixture.</exception>
    public void CopyTo(RecurrentState destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        if (!destination.Fits(States.Shape)) throw new ArgumentException("The two states belong to networks of different shapes.", nameof(destination));
        if (!(Companion?.Fits(destination.Companion) ?? destination.Companion is null))
            throw new ArgumentException("The two states belong to models with different caches, n-gram models or members.", nameof(destination));
        destination.States.CopyFrom(States, [0]);
        Companion?.CopyTo(destination.Companion!);
    }

    /// <summary>Whether this is the state of a network whose recurrent layers have these sizes.</summary>
    internal bool Fits(NetworkShape other)
    {
        var shape = States.Shape;
        if (ReferenceEquals(shape, other)) return true;
        if (shape.Cell != other.Cell || shape.Layers != other.Layers) return false;
        for (var layer = 0; layer < Layers; layer++)
            if (shape.OutputSizeOf(layer) != other.OutputSizeOf(layer) || shape.UnitsOf(layer) != other.UnitsOf(layer)) return false;
        return true;
    }
}
