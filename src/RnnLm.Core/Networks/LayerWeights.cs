namespace RnnLm.Networks;

/// <summary>The weights of one recurrent layer. Rows are outputs, gate after gate, as in PyTorch.</summary>
public sealed class LayerWeights
{
    internal LayerWeights(NetworkShape shape, int layer)
    {
        var hidden = shape.OutputSizeOf(layer);
        Input = new Parameter($"layers.{layer}.input", shape.Gates * hidden, shape.InputSizeOf(layer));
        Recurrent = new Parameter($"layers.{layer}.recurrent", shape.Gates * hidden, hidden);
        Bias = new Parameter($"layers.{layer}.bias", shape.Gates * hidden);
        if (shape.Cell == CellKind.Gru) RecurrentBias = new Parameter($"layers.{layer}.recurrent_bias", hidden);
    }

    /// <summary>The matrix that multiplies the layer's input: <c>[gates * hidden, input]</c>.</summary>
    public Parameter Input { get; }

    /// <summary>The matrix that multiplies the layer's previous hidden state: <c>[gates * hidden, hidden]</c>.</summary>
    public Parameter Recurrent { get; }

    /// <summary>The bias of every gate: <c>[gates * hidden]</c>.</summary>
    public Parameter Bias { get; }

    /// <summary>A GRU's bias <c>b_hn</c> inside the reset gate's product: <c>[hidden]</c>; null for the other cells.</summary>
    public Parameter? RecurrentBias { get; }

    /// <summary>The layer's tensors, in the order of a model file.</summary>
    public IEnumerable<Parameter> Parameters
        => RecurrentBias is null ? [Input, Recurrent, Bias] : [Input, Recurrent, Bias, RecurrentBias];
}
