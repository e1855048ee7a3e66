using RnnLm.Numerics;
using RnnLm.Training;

namespace RnnLm;

/// <summary>A softmax over the whole vocabulary.</summary>
public sealed class FullSoftmax : Softmax
{
    internal override string Name => "full";

    internal override OutputLoss CreateLoss(NetworkWeights weights, int seed, IReadOnlyList<long>? wordCounts, Workers workers)
        => new SoftmaxLoss(weights.Output, weights.OutputBias, workers);
}
