namespace RnnLm.Inference;

/// <summary>A softmax over the whole vocabulary: <c>p = softmax(W_o h + b_o)</c>.</summary>
/// <param name="matrix">The output matrix: <c>[vocabulary, output]</c>.</param>
/// <param name="bias">The output bias: <c>[vocabulary]</c>.</param>
internal sealed class SoftmaxLayer(WeightMatrix matrix, float[] bias) : OutputLayer
{
    /// <summary>The output matrix: <c>[vocabulary, output]</c>.</summary>
    public WeightMatrix Matrix => matrix;

    /// <summary>The output bias: <c>[vocabulary]</c>.</summary>
    public ReadOnlySpan<float> Bias => bias;

    public override void Logits(ReadOnlySpan<float> hidden, Span<float> destination)
    {
        bias.CopyTo(destination);
        matrix.MultiplyAdd(hidden, destination);
    }
}
