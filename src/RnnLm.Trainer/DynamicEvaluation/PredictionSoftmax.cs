using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary>The softmax of a network that is used while it learns.</summary>
/// <param name="leastMass">The sum of a word's probabilities over a window below which nothing is learned from its not having come.</param>
internal sealed class PredictionSoftmax(double leastMass) : Softmax
{
    internal override string Name => "full";

    internal override OutputLoss CreateLoss(NetworkWeights weights, int seed, IReadOnlyList<long>? wordCounts, Workers workers)
        => new PredictionLoss(weights, leastMass, workers);
}
