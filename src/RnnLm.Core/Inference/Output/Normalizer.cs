using RnnLm.Numerics;

namespace RnnLm.Inference;

/// <summary>The normalizer of a softmax, where the network's numbers have stayed within what a number holds.</summary>
internal static class Normalizer
{
    /// <summary><c>ln Σ e^x_i</c>.</summary>
    /// <param name="logits">The logits.</param>
    /// <exception cref="NotFiniteNumberException">There is no such number: what has overflowed has no probabilities, and every rank among it would be wrong.</exception>
    public static float Of(ReadOnlySpan<float> logits)
    {
        var normalizer = VectorFunctions.LogSumExp(logits);
        return float.IsFinite(normalizer) ? normalizer : throw Overflow();
    }

    public static NotFiniteNumberException Overflow() => new(
        "The network's outputs are no longer finite numbers, so there are no probabilities: its weights are so great that values overflow, " +
        "as training that diverges leaves them. Train it anew with a lower learning rate.");
}
