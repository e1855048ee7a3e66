using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RnnLm.Torch;

/// <summary>
/// Matrices of which some weights are dropped while a window passes forward and back (DropConnect, Wan 2013; Merity 2018): zeros and scaled weights stand in their
/// place until this is disposed. A module of libtorch reads its weights where they are, so they are changed there.
/// </summary>
internal sealed class DroppedWeights : IDisposable
{
    private readonly List<(Parameter Weights, Tensor Mask, Tensor Whole)> matrices = [];

    /// <summary>Drops weights.</summary>
    /// <param name="parameters">The matrices.</param>
    /// <param name="share">The share that is dropped; 0 drops none.</param>
    public DroppedWeights(IEnumerable<Parameter> parameters, double share)
    {
        if (share == 0) return;
        using var untracked = no_grad();
        foreach (var weights in parameters)
        {
            matrices.Add((weights, TorchRegularizer.Mask(share, weights, weights.shape), weights.clone()));
            weights.mul_(matrices[^1].Mask);
        }
    }

    /// <summary>Makes the gradients of what stands there those of the weights.</summary>
    public void MaskGradients()
    {
        foreach (var (weights, mask, _) in matrices) weights.grad!.mul_(mask);
    }

    /// <summary>Puts the weights back.</summary>
    public void Dispose()
    {
        using var untracked = no_grad();
        foreach (var (weights, _, whole) in matrices) weights.copy_(whole);
    }
}
