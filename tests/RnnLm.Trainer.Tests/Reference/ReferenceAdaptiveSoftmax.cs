namespace RnnLm.Training.Tests.Reference;

/// <summary><c>p(word) = p(entry | head)</c>, times <c>p(word | cluster)</c> where the entry is a cluster.</summary>
internal sealed class ReferenceAdaptiveSoftmax : ReferenceOutput
{
    private readonly ReferenceSoftmax head = new();

    public override double Loss(ReferenceWeights weights, double[] top, int target)
    {
        var (entry, tail, word) = PlaceOf(weights, target);
        var loss = head.Loss(weights, top, entry);
        if (tail >= 0) loss -= Math.Log(Softmax(Product(Words(weights, tail), Product(Projection(weights, tail), top)))[word]);
        return loss;
    }

    public override void Backward(
        ReferenceWeights weights, double[] top, int target, double scale, ReferenceWeights gradients, double[] topGradient)
    {
        var (entry, tail, word) = PlaceOf(weights, target);
        head.Backward(weights, top, entry, scale, gradients, topGradient);
        if (tail < 0) return;
        var projected = Product(Projection(weights, tail), top);
        var projectedGradient = new double[projected.Length];
        var logitGradient = LogitGradient(Product(Words(weights, tail), projected), word, scale);
        ProductBackward(Words(weights, tail), projected, logitGradient, Words(gradients, tail), projectedGradient);
        ProductBackward(Projection(weights, tail), top, projectedGradient, Projection(gradients, tail), topGradient);
    }

    /// <summary>The word's entry in the head; the tail, or -1; and its place in the tail.</summary>
    private static (int Entry, int Tail, int Word) PlaceOf(ReferenceWeights weights, int target)
    {
        var cutoffs = weights.Shape.AdaptiveSoftmax!.Cutoffs;
        var tail = cutoffs.Count(cutoff => cutoff <= target) - 1;
        return tail < 0 ? (target, -1, 0) : (cutoffs[0] + tail, tail, target - cutoffs[tail]);
    }

    private static double[] Projection(ReferenceWeights weights, int tail) => weights[$"output.tails.{tail}.projection"];

    private static double[] Words(ReferenceWeights weights, int tail) => weights[$"output.tails.{tail}.words"];
}
