namespace RnnLm.Training.Tests.Reference;

/// <summary>
/// A softmax over the rows of the output matrix: the whole vocabulary, or the head of an adaptive softmax; or over the target and a
/// sample, with logits less the logarithm of how often each was to be expected.
/// </summary>
/// <param name="sample">The sample; null where there is none.</param>
internal sealed class ReferenceSoftmax(ReferenceSample? sample = null) : ReferenceOutput
{
    public override double Loss(ReferenceWeights weights, double[] top, int target) => -Math.Log(Softmax(Logits(weights, top, target))[target]);

    public override void Backward(
        ReferenceWeights weights, double[] top, int target, double scale, ReferenceWeights gradients, double[] topGradient)
    {
        var gradient = LogitGradient(Logits(weights, top, target), target, scale);
        for (var row = 0; row < gradient.Length; row++) gradients.OutputBias[row] += gradient[row];
        ProductBackward(weights.Output, top, gradient, gradients.Output, topGradient);
    }

    private double[] Logits(ReferenceWeights weights, double[] top, int target)
    {
        double[] logits = [.. Product(weights.Output, top).Zip(weights.OutputBias, (logit, bias) => logit + bias)];
        if (sample is null) return logits;
        return [.. logits.Select((logit, word)
            => word == target || sample.Words.Contains(word) ? logit - sample.LogExpectedCount(word) : double.NegativeInfinity)];
    }
}
