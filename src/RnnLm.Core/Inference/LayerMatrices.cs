namespace RnnLm.Inference;

/// <summary>What a recurrent layer multiplies by and adds, whatever form its matrices are held in.</summary>
/// <param name="Input">The matrix that multiplies the layer's input: <c>[gates * hidden, input]</c>.</param>
/// <param name="Recurrent">The matrix that multiplies the layer's previous hidden state: <c>[gates * hidden, hidden]</c>.</param>
/// <param name="Bias">The bias of every gate: <c>[gates * hidden]</c>.</param>
/// <param name="RecurrentBias">A GRU's bias <c>b_hn</c>: <c>[hidden]</c>; null for the other cells.</param>
internal sealed record LayerMatrices(WeightMatrix Input, WeightMatrix Recurrent, float[] Bias, float[]? RecurrentBias);
