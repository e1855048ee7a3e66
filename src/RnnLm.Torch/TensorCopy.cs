using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace RnnLm.Torch;

/// <summary>Values between tensors and <see cref="NetworkParameter"/>s, block by block.</summary>
internal static class TensorCopy
{
    // TorchSharp hands a tensor's memory out as a span of bytes, which holds less than 2^31.
    private const int GreatestBlock = 1 << 28;

    /// <summary>Overwrites a tensor, outside automatic differentiation.</summary>
    public static void Write(this Tensor tensor, NetworkParameter source)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        tensor.copy_(torch.tensor(source.Values, tensor.shape));
    }

    /// <summary>Copies a tensor's values.</summary>
    public static void Read(this Tensor tensor, NetworkParameter destination)
    {
        using var scope = NewDisposeScope();
        var values = tensor.detach().cpu().view(-1);
        var remaining = destination.Values.AsSpan();
        for (long start = 0; remaining.Length > 0; start += GreatestBlock)
        {
            var block = remaining[..Math.Min(GreatestBlock, remaining.Length)];
            MemoryMarshal.Cast<byte, float>(values.narrow(0, start, block.Length).bytes).CopyTo(block);
            remaining = remaining[block.Length..];
        }
    }
}
