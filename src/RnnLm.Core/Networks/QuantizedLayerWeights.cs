namespace RnnLm.Networks;

/// <summary>The weights of one recurrent layer, its matrices in 8-bit integers. The counterpart of <see cref="LayerWeights"/>.</summary>
/// <param name="Input">The matrix that multiplies the layer's input: <c>[gates * hidden, input]</c>.</param>
/// <param name="Recurrent">The matrix that multiplies the layer's previous hidden state: <c>[gates * hidden, hidden]</c>.</param>
/// <param name="Bias">The bias of every gate: <c>[gates * hidden]</c>.</param>
/// <param name="RecurrentBias">A GRU's bias <c>b_hn</c>: <c>[hidden]</c>; null for the other cells.</param>
internal sealed record QuantizedLayerWeights(QuantizedParameter Input, QuantizedParameter Recurrent, Parameter Bias, Parameter? RecurrentBias);
