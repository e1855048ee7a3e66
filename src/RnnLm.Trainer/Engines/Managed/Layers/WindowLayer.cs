using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary>
/// One of the layers that a window passes through, forward and back. It reads the output of the layer below it, and on the way back
/// writes the gradient of that; its memory, in proportion to batch and window, is its own.
/// </summary>
/// <param name="size">The number of values at a position.</param>
internal abstract class WindowLayer(int size)
{
    /// <summary>The number of values at a position.</summary>
    public int Size { get; } = size;

    /// <summary>What the layer has computed: <c>[rows, size]</c>, a row a position.</summary>
    public abstract MatrixView Output { get; }

    /// <summary>
    /// The gradient of <see cref="Output"/>, which the layer above writes and the layer reads: <c>[rows, size]</c>. Where the output has
    /// more rows, these are zero and have no part in anything.
    /// </summary>
    public abstract MatrixView OutputGradient { get; }

    /// <summary>Whether the layer needs its output as it is on the way back, so that no other may change it.</summary>
    public virtual bool NeedsOutput => false;

    /// <summary>The gradients of the layer's parameters, in their order.</summary>
    public virtual IEnumerable<Gradient> Gradients => [];

    /// <summary>The position in the window that a row belongs to.</summary>
    public virtual int PositionOf(int row) => row;

    /// <summary>Makes room for windows.</summary>
    /// <param name="batchSize">The number of streams.</param>
    /// <param name="capacity">The greatest number of steps.</param>
    /// <param name="keepsState">Whether the state of the streams is to be kept; their number is then the same.</param>
    public virtual void Reserve(int batchSize, int capacity, bool keepsState)
    {
    }

    /// <summary>Lays out the weights for the products; to be called whenever they have changed.</summary>
    public virtual void Pack()
    {
    }

    /// <summary>Computes <see cref="Output"/> from that of the layer below.</summary>
    public abstract void Forward();

    /// <summary>Computes the gradients of the parameters and of the output of the layer below from <see cref="OutputGradient"/>.</summary>
    public abstract void Backward();

    /// <summary>Makes the state after the window the one that the next begins with.</summary>
    public virtual void CarryState()
    {
    }

    /// <summary>Saves what it keeps from window to window; nothing, where it keeps nothing.</summary>
    public virtual void Save(TrainingState state)
    {
    }

    /// <summary>Goes on from what another layer of the same options has saved.</summary>
    /// <param name="state">What was saved.</param>
    /// <param name="batchSize">The number of streams that it was saved for.</param>
    /// <exception cref="InvalidDataException">Something is missing, or of another length.</exception>
    public virtual void Restore(TrainingState state, int batchSize)
    {
    }
}
