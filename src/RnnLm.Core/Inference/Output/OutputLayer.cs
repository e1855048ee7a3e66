using RnnLm.Networks;
using RnnLm.Numerics;

namespace RnnLm.Inference;

/// <summary>What turns the last layer's hidden state into a probability for every word. It is immutable.</summary>
internal abstract class OutputLayer
{
    /// <summary>The number of words.</summary>
    public abstract int Words { get; }

    public static OutputLayer Create(NetworkShape shape, NetworkTensors<WeightMatrix, float[]> tensors)
    {
        var softmax = new SoftmaxLayer(tensors.Output, tensors.OutputBias);
        if (shape.AdaptiveSoftmax is not { } adaptive) return softmax;
        return new AdaptiveSoftmaxLayer(
            adaptive, softmax, tensors.Tails.Zip(adaptive.Cutoffs, (tail, firstWord) => new AdaptiveSoftmaxTail(tail.Projection, tail.Words, firstWord)));
    }

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
        VectorFunctions.Subtract(Normalizer.Of(destination), destination);
    }

    /// <summary>Makes what gives the log-probabilities, and where asked the ranks, of given words after many hidden states.</summary>
    /// <param name="capacity">The greatest number of states at a time.</param>
    public abstract WordScorer CreateScorer(int capacity);

    /// <summary>
    /// <see cref="Logits(ReadOnlySpan{float}, Span{float})"/> for whoever wants the most probable words only: a word that is not among them may have negative infinity instead of
    /// its value, where that saves work.
    /// </summary>
    /// <param name="hidden">The last layer's hidden state: <c>[output]</c>.</param>
    /// <param name="count">How many of the most probable words are wanted, at least 1; there may be fewer words.</param>
    /// <param name="destination">Receives the values by word id: <c>[vocabulary]</c>.</param>
    public virtual void LogitsOfBest(ReadOnlySpan<float> hidden, int count, Span<float> destination) => Logits(hidden, destination);

    /// <summary><see cref="LogProbabilities"/> for whoever wants the most probable words only, and the special words: theirs are always there.</summary>
    /// <inheritdoc cref="LogitsOfBest"/>
    public virtual void LogProbabilitiesOfBest(ReadOnlySpan<float> hidden, int count, Span<float> destination) => LogProbabilities(hidden, destination);

    /// <summary><see cref="LogProbabilitiesOfBest(ReadOnlySpan{float}, int, Span{float})"/> of many hidden states, with the bits that each has alone.</summary>
    /// <param name="hidden">The hidden states, one to a row: <c>[n, output]</c>.</param>
    /// <param name="count">How many of the most probable words are wanted, at least 1; there may be fewer words.</param>
    /// <param name="work">What takes them, one state after the other.</param>
    public abstract void LogProbabilitiesOfBest(MatrixView hidden, int count, LogitWork work);

    /// <summary>The whole distributions after many hidden states. A word's log-probability, worked out in double precision, is that of a <see cref="WordScorer"/>.</summary>
    /// <param name="hidden">The hidden states, one to a row: <c>[n, output]</c>.</param>
    /// <param name="work">What takes them, one state after the other.</param>
    public abstract void Distributions(MatrixView hidden, DistributionWork work);
}
