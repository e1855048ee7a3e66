using RnnLm.Numerics;

namespace RnnLm.Inference;

/// <summary>What turns the last layer's hidden state into a probability for every word. It is immutable.</summary>
internal abstract class OutputLayer
{
    /// <summary>Values that rank words as their probabilities do, and whose softmax is their probabilities.</summary>
    /// <param name="hidden">The last layer's hidden state: <c>[output]</c>.</param>
    /// <param name="destination">Receives the values by word id: <c>[vocabulary]</c>.</param>
    public abstract void Logits(ReadOnlySpan<float> hidden, Span<float> destination);

    /// <summary>The natural logarithm of the probability of every word.</summary>
    /// <param name="hidden">The last layer's hidden state: <c>[output]</c>.</param>
    /// <param name="destination">Receives the log-probabilities by word id: <c>[vocabulary]</c>.</param>
    public virtual void LogProbabilities(ReadOnlySpan<float> hidden, Span<float> destination)
    {
        Logits(hidden, destination);
        VectorFunctions.Subtract(VectorFunctions.LogSumExp(destination), destination);
    }
}
