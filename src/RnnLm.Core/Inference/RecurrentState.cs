namespace RnnLm;

/// <summary>
/// What a network remembers of the words it has read: the hidden state of every layer, and the cell state of an LSTM's. The caller
/// holds it and hands it in, so a network serves any number of texts at once; one state belongs to one thread at a time.
/// </summary>
public sealed class RecurrentState
{
    private readonly NetworkShape shape;
    private readonly float[][] hidden;
    private readonly float[][] cell;

    internal RecurrentState(NetworkShape shape)
    {
        this.shape = shape;
        hidden = NewVectors();
        cell = shape.CellDescription.HasMemory ? NewVectors() : [];

        float[][] NewVectors()
        {
            var vectors = new float[shape.Layers][];
            for (var layer = 0; layer < vectors.Length; layer++) vectors[layer] = new float[shape.OutputSizeOf(layer)];
            return vectors;
        }
    }

    private RecurrentState(RecurrentState other)
    {
        shape = other.shape;
        hidden = [.. other.hidden.Select(vector => (float[])vector.Clone())];
        cell = [.. other.cell.Select(vector => (float[])vector.Clone())];
    }

    /// <summary>The number of layers.</summary>
    public int Layers => hidden.Length;

    /// <summary>The hidden state of the last layer, which the output layer reads: <c>[output]</c>.</summary>
    public ReadOnlySpan<float> Output => hidden[^1];

    /// <summary>The hidden state of a layer: <c>[hidden]</c>.</summary>
    /// <param name="layer">The layer, from 0.</param>
    public ReadOnlySpan<float> Hidden(int layer) => hidden[layer];

    /// <summary>The cell state of a layer: <c>[hidden]</c>; empty unless the cells are LSTMs.</summary>
    /// <param name="layer">The layer, from 0.</param>
    public ReadOnlySpan<float> Cell(int layer) => cell.Length == 0 ? [] : cell[layer];

    /// <summary>Forgets everything: every value becomes zero.</summary>
    public void Clear()
    {
        foreach (var vector in hidden) Array.Clear(vector);
        foreach (var vector in cell) Array.Clear(vector);
    }

    /// <summary>Makes a copy that shares nothing with this one.</summary>
    public RecurrentState Clone() => new(this);

    /// <summary>Overwrites another state with this one.</summary>
    /// <param name="destination">The state to overwrite.</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> belongs to a network of another shape.</exception>
    public void CopyTo(RecurrentState destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        if (!destination.Fits(shape)) throw new ArgumentException("The two states belong to networks of different shapes.", nameof(destination));
        for (var layer = 0; layer < hidden.Length; layer++) hidden[layer].CopyTo(destination.hidden[layer]);
        for (var layer = 0; layer < cell.Length; layer++) cell[layer].CopyTo(destination.cell[layer]);
    }

    internal Span<float> MutableHidden(int layer) => hidden[layer];

    internal Span<float> MutableCell(int layer) => cell.Length == 0 ? default : cell[layer];

    /// <summary>Whether this is the state of a network whose recurrent layers have these sizes.</summary>
    internal bool Fits(NetworkShape other)
    {
        if (ReferenceEquals(shape, other)) return true;
        if (shape.Cell != other.Cell || shape.Layers != other.Layers) return false;
        for (var layer = 0; layer < Layers; layer++)
            if (shape.OutputSizeOf(layer) != other.OutputSizeOf(layer)) return false;
        return true;
    }
}
