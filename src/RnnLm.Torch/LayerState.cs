using static TorchSharp.torch;

namespace RnnLm.Torch;

/// <summary>The state of one layer for every stream: <c>[1, batch, hidden]</c>. Only an LSTM has a memory.</summary>
internal readonly record struct LayerState(Tensor Hidden, Tensor? Memory) : IDisposable
{
    public long BatchSize => Hidden.shape[1];

    /// <summary>The same values, cut off from the gradient and from the dispose scope in force.</summary>
    public LayerState Carry() => new(Hidden.detach().DetachFromDisposeScope(), Memory?.detach().DetachFromDisposeScope());

    /// <summary>The same values, but zero for the streams that are reset; no gradient goes back to what they were.</summary>
    /// <param name="resets">The streams: <c>[1, batch, 1]</c>.</param>
    public LayerState Reset(Tensor resets) => new(Hidden.masked_fill(resets, 0), Memory?.masked_fill(resets, 0));

    public void Dispose()
    {
        Hidden.Dispose();
        Memory?.Dispose();
    }
}
