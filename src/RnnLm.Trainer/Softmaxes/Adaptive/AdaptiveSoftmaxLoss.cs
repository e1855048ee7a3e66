using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary>
/// An adaptive softmax (Grave 2017) with the cross-entropy: the head is a softmax over its words and the clusters at every position, and a
/// tail one over the words of its cluster at the positions whose targets lie there. The loss is exact.
/// </summary>
internal sealed class AdaptiveSoftmaxLoss : OutputLoss
{
    private readonly AdaptiveSoftmaxShape shape;
    private readonly SoftmaxLoss head;
    private readonly AdaptiveTailLoss[] tails;
    private int[] headTargets = [];

    /// <param name="weights">The network.</param>
    /// <param name="workers">The threads that share the work.</param>
    public AdaptiveSoftmaxLoss(NetworkWeights weights, Workers workers)
    {
        shape = weights.Shape.AdaptiveSoftmax!;
        head = new SoftmaxLoss(weights.Output, weights.OutputBias, workers);
        tails = [.. weights.Tails.Zip(shape.Cutoffs, (tail, firstWord) => new AdaptiveTailLoss(tail, firstWord, workers))];
    }

    public override IReadOnlyList<Gradient> Gradients => [.. head.Gradients, .. tails.SelectMany(tail => tail.Gradients)];

    public override double LossAndGradients(MatrixView features, ReadOnlySpan<int> targets, MatrixView featureGradient)
    {
        var loss = head.LossAndGradients(features, HeadTargetsOf(targets), featureGradient);
        foreach (var tail in tails) loss += tail.LossAndGradients(features, targets, 1f / targets.Length, featureGradient);
        return loss;
    }

    private ReadOnlySpan<int> HeadTargetsOf(ReadOnlySpan<int> targets)
    {
        if (headTargets.Length < targets.Length) headTargets = new int[targets.Length];
        for (var position = 0; position < targets.Length; position++) headTargets[position] = shape.HeadEntryOf(targets[position]);
        return headTargets.AsSpan(0, targets.Length);
    }
}
