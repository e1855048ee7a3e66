namespace RnnLm.Networks;

/// <summary>The weights of one tail of an adaptive softmax: <c>p(word | cluster) = softmax(W P h)</c> over the words of its cluster.</summary>
public sealed class TailWeights
{
    internal TailWeights(NetworkShape shape, int tail)
    {
        var adaptive = shape.AdaptiveSoftmax!;
        var size = adaptive.SizeOf(tail, shape.OutputSize);
        Projection = new Parameter($"output.tails.{tail}.projection", size, shape.OutputSize);
        Words = new Parameter($"output.tails.{tail}.words", adaptive.WordsOf(tail, shape.VocabularySize), size);
    }

    /// <summary>The matrix <c>P</c> that makes the last layer's hidden state smaller: <c>[size, output]</c>.</summary>
    public Parameter Projection { get; }

    /// <summary>The matrix <c>W</c>: <c>[words of the cluster, size]</c>.</summary>
    public Parameter Words { get; }

    /// <summary>The tail's tensors, in the order of a model file.</summary>
    public IEnumerable<Parameter> Parameters => [Projection, Words];
}
