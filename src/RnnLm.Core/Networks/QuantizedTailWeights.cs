namespace RnnLm.Networks;

/// <summary>The weights of one tail of an adaptive softmax in 8-bit integers. The counterpart of <see cref="TailWeights"/>.</summary>
/// <param name="Projection">The matrix that makes the last layer's hidden state smaller: <c>[size, output]</c>.</param>
/// <param name="Words">The matrix of the cluster's words: <c>[words of the cluster, size]</c>.</param>
internal sealed record QuantizedTailWeights(QuantizedParameter Projection, QuantizedParameter Words);
