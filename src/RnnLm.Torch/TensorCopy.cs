using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnLm.Torch;

/// <summary>Values between tensors and <see cref="NetworkParameter"/>s or the state of a training run, block by block.</summary>
internal static class TensorCopy
{
    // TorchSharp hands a tensor's memory out as a span of bytes, which holds less than 2^31.
    private const int GreatestBlock = 1 << 28;

    /// <summary>Overwrites a tensor, outside automatic differentiation.</summary>
    public static void Write(this Tensor tensor, NetworkParameter source) => tensor.Write(source.Values);

    /// <summary>Copies a tensor's values.</summary>
    public static void Read(this Tensor tensor, NetworkParameter destination) => tensor.Read(destination.Values);

    /// <summary>Keeps a copy of a tensor's values.</summary>
    public static void Set(this TrainingState state, string name, Tensor tensor)
    {
        var values = new float[tensor.numel()];
        tensor.Read(values);
        state.Set(name, values);
    }

    /// <summary>Overwrites a tensor with the values that were kept.</summary>
    /// <exception cref="InvalidDataException">They are missing, or not as many.</exception>
    public static void Get(this TrainingState state, string name, Tensor tensor)
    {
        var values = new float[tensor.numel()];
        state.Get(name, values);
        tensor.Write(values);
    }

    /// <summary>Keeps copies of the values of tensors, by their places.</summary>
    public static void Set(this TrainingState state, IReadOnlyList<Tensor> tensors)
    {
        foreach (var (place, tensor) in tensors.Index()) state.Set(NameOf(place), tensor);
    }

    /// <summary>Overwrites tensors with the values that were kept.</summary>
    /// <exception cref="InvalidDataException">They are missing, or not as many.</exception>
    public static void Get(this TrainingState state, IReadOnlyList<Tensor> tensors)
    {
        foreach (var (place, tensor) in tensors.Index()) state.Get(NameOf(place), tensor);
    }

    private static string NameOf(int place) => FormattableString.Invariant($"parameter{place}");

    private static void Write(this Tensor tensor, float[] source)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        tensor.copy_(torch.tensor(source, tensor.shape));
    }

    private static void Read(this Tensor tensor, float[] destination)
    {
        using var scope = NewDisposeScope();
        var values = tensor.detach().cpu().contiguous().view(-1);
        var remaining = destination.AsSpan();
        for (long start = 0; remaining.Length > 0; start += GreatestBlock)
        {
            var block = remaining[..Math.Min(GreatestBlock, remaining.Length)];
            MemoryMarshal.Cast<byte, float>(values.narrow(0, start, block.Length).bytes).CopyTo(block);
            remaining = remaining[block.Length..];
        }
    }
}
