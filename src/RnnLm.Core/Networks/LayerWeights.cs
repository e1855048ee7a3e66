using RnnLm.Networks;

namespace RnnLm;

/// <summary>The weights of one recurrent layer. Rows are outputs, gate after gate, as in PyTorch.</summary>
public sealed class LayerWeights
{
    private readonly LayerTensors<NetworkParameter, NetworkParameter> tensors;

    internal LayerWeights(LayerTensors<NetworkParameter, NetworkParameter> tensors) => this.tensors = tensors;

    /// <summary>The matrix that multiplies the layer's input: <c>[gates * hidden, input]</c>.</summary>
    public NetworkParameter Input => tensors.Input;

    /// <summary>The matrix that multiplies the layer's previous hidden state: <c>[gates * hidden, output]</c>.</summary>
    public NetworkParameter Recurrent => tensors.Recurrent;

    /// <summary>The bias of every gate: <c>[gates * hidden]</c>.</summary>
    public NetworkParameter Bias => tensors.Bias;

    /// <summary>A GRU's bias <c>b_hn</c> inside the reset gate's product: <c>[hidden]</c>; null for the other cells.</summary>
    public NetworkParameter? RecurrentBias => tensors.RecurrentBias;

    /// <summary>
    /// The matrix that projects the hidden state, before it is handed on and fed back: <c>[output, hidden]</c>, PyTorch's <c>weight_hr</c>. Null
    /// where none does; output and hidden sizes are then the same.
    /// </summary>
    public NetworkParameter? Projection => tensors.Projection;

    /// <summary>The layer's tensors, in the order of a model file.</summary>
    public IEnumerable<NetworkParameter> Parameters => tensors.InOrder(matrix => matrix, vector => vector);
}
