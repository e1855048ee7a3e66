using System.Runtime.CompilerServices;

namespace RnnLm.Inference;

/// <summary>The entropy of a prediction, <c>−Σ p ln p</c> over all words, in nats (Shannon 1948).</summary>
internal static class Entropy
{
    /// <summary>That of a softmax: <c>Σ p (z − l)</c>, where <c>p = e^(l − z)</c>.</summary>
    /// <param name="logits">The logits: <c>[words]</c>.</param>
    /// <param name="normalizer">Their normalizer <c>z</c>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double OfLogits(ReadOnlySpan<float> logits, float normalizer)
    {
        var sum = 0.0;
        foreach (var logit in logits)
        {
            var surprise = (double)normalizer - logit;
            var probability = Math.Exp(-surprise);
            if (probability > 0) sum += probability * surprise;
        }
        return sum;
    }

    /// <summary>That of probabilities.</summary>
    /// <param name="probabilities">The probabilities: <c>[words]</c>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double OfProbabilities(ReadOnlySpan<float> probabilities)
    {
        var sum = 0.0;
        foreach (var probability in probabilities)
            if (probability > 0) sum -= probability * Math.Log(probability);
        return sum;
    }
}
