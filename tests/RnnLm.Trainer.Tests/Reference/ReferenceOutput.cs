namespace RnnLm.Training.Tests.Reference;

/// <summary>What predicts one word from the last layer's output, in the plainest form.</summary>
internal abstract class ReferenceOutput
{
    public static ReferenceOutput Of(NetworkShape shape) => shape.AdaptiveSoftmax is null ? new ReferenceSoftmax() : new ReferenceAdaptiveSoftmax();

    /// <summary><c>-ln p(target)</c>.</summary>
    public abstract double Loss(ReferenceWeights weights, double[] top, int target);

    /// <summary>
    /// Adds the gradients of <paramref name="scale"/> times the loss to those of the weights, and to <paramref name="topGradient"/>.
    /// </summary>
    public abstract void Backward(
        ReferenceWeights weights, double[] top, int target, double scale, ReferenceWeights gradients, double[] topGradient);

    /// <summary>The product of a matrix with as many columns as <paramref name="x"/> has values.</summary>
    protected static double[] Product(double[] matrix, double[] x)
    {
        var result = new double[matrix.Length / x.Length];
        for (var row = 0; row < result.Length; row++)
            for (var j = 0; j < x.Length; j++) result[row] += matrix[row * x.Length + j] * x[j];
        return result;
    }

    /// <summary>Takes the gradient of a product back to the matrix and to <paramref name="x"/>.</summary>
    protected static void ProductBackward(double[] matrix, double[] x, double[] gradient, double[] matrixGradient, double[] xGradient)
    {
        for (var row = 0; row < gradient.Length; row++)
        {
            for (var j = 0; j < x.Length; j++)
            {
                matrixGradient[row * x.Length + j] += gradient[row] * x[j];
                xGradient[j] += gradient[row] * matrix[row * x.Length + j];
            }
        }
    }

    protected static double[] Softmax(double[] logits)
    {
        var greatest = logits.Max();
        var powers = logits.Select(logit => Math.Exp(logit - greatest)).ToArray();
        var sum = powers.Sum();
        return [.. powers.Select(power => power / sum)];
    }

    /// <summary>The gradient of <paramref name="scale"/> times <c>-ln p(target)</c> with respect to the logits.</summary>
    protected static double[] LogitGradient(double[] logits, int target, double scale)
        => [.. Softmax(logits).Select((probability, row) => scale * (probability - (row == target ? 1 : 0)))];
}
