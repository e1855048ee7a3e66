namespace RnnLm.Networks;

/// <summary>The weights of one recurrent layer. Rows are outputs, gate after gate, as in PyTorch.</summary>
public sealed class LayerWeights
{
    private readonly LayerTensors<Parameter, Parameter> tensors;

    internal LayerWeights(LayerTensors<Parameter, Parameter> tensors) => this.tensors = tensors;

    /// <summary>The matrix that multiplies the layer's input: <c>[gates * hidden, input]</c>.</summary>
    public Parameter Input => tensors.Input;

    /// <summary>The matrix that multiplies the layer's previous hidden state: <c>[gates * hidden, hidden]</c>.</summary>
    public Parameter Recurrent => tensors.Recurrent;

    /// <summary>The bias of every gate: <c>[gates * hidden]</c>.</summary>
    public Parameter Bias => tensors.Bias;

    /// <summary>A GRU's bias <c>b_hn</c> inside the reset gate's product: <c>[hidden]</c>; null for the other cells.</summary>
    public Parameter? RecurrentBias => tensors.RecurrentBias;

    /// <summary>The layer's tensors, in the order of a model file.</summary>
    public IEnumerable<Parameter> Parameters => tensors.InOrder(matrix => matrix, vector => vector);
}
