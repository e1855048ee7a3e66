using RnnLm.Networks;

namespace RnnLm;

/// <summary>The weights of one tail of an adaptive softmax: <c>p(word | cluster) = softmax(W P h)</c> over the words of its cluster.</summary>
public sealed class TailWeights
{
    private readonly TailTensors<NetworkParameter> tensors;

    internal TailWeights(TailTensors<NetworkParameter> tensors) => this.tensors = tensors;

    /// <summary>The matrix <c>P</c> that makes the last layer's hidden state smaller: <c>[size, output]</c>.</summary>
    public NetworkParameter Projection => tensors.Projection;

    /// <summary>The matrix <c>W</c>: <c>[words of the cluster, size]</c>.</summary>
    public NetworkParameter Words => tensors.Words;

    /// <summary>The tail's tensors, in the order of a model file.</summary>
    public IEnumerable<NetworkParameter> Parameters => tensors.InOrder(matrix => matrix);
}
