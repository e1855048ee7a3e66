using static TorchSharp.torch;

namespace RnnLm.Torch;

/// <summary>The state of one layer for every stream: hidden <c>[1, batch, output]</c>, memory <c>[1, batch, units]</c>. Only an LSTM and a CIFG have a memory.</summary>
internal readonly record struct LayerState(Tensor Hidden, Tensor? Memory) : IDisposable
{
    private const string HiddenName = "hidden";
    private const string MemoryName = "memory";

    public long BatchSize => Hidden.shape[1];

    /// <summary>The same values, cut off from the gradient and from the dispose scope in force.</summary>
    public LayerState Carry() => new(Hidden.detach().DetachFromDisposeScope(), Memory?.detach().DetachFromDisposeScope());

    /// <summary>The same values, but zero for the streams that are reset; no gradient goes back to what they were.</summary>
    /// <param name="resets">The streams: <c>[1, batch, 1]</c>.</param>
    public LayerState Reset(Tensor resets) => new(Hidden.ZeroWhere(resets), Memory?.ZeroWhere(resets));

    public void Save(TrainingState state)
    {
        state.Set(HiddenName, Hidden);
        if (Memory is not null) state.Set(MemoryName, Memory);
    }

    /// <summary>The state that was saved of so many streams.</summary>
    /// <exception cref="InvalidDataException">Something is missing, or of another length.</exception>
    public static LayerState Restore(TrainingState state, int batchSize, int outputSize, int units, Device device)
    {
        if (state.LengthOf(HiddenName) != (long)batchSize * outputSize)
            throw new InvalidDataException($"The hidden states of {batchSize} streams have {state.LengthOf(HiddenName)} values; they must have {outputSize} each.");
        return new LayerState(Read(HiddenName, outputSize), state.Has(MemoryName) ? Read(MemoryName, units) : null);

        Tensor Read(string name, int size)
        {
            var tensor = zeros([1, batchSize, size], device: device).DetachFromDisposeScope();
            state.Get(name, tensor);
            return tensor;
        }
    }

    public void Dispose()
    {
        Hidden.Dispose();
        Memory?.Dispose();
    }
}
