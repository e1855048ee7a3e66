using System.Buffers;
using RnnLm.Numerics;

namespace RnnLm.Inference;

/// <summary>One cluster of an adaptive softmax: <c>p(word | cluster) = softmax(W P h)</c>.</summary>
/// <param name="projection">The matrix <c>P</c>: <c>[size, output]</c>.</param>
/// <param name="words">The matrix <c>W</c>: <c>[words of the cluster, size]</c>.</param>
/// <param name="firstWord">The id of the cluster's first word.</param>
internal sealed class AdaptiveSoftmaxTail(WeightMatrix projection, WeightMatrix words, int firstWord)
{
    /// <summary>The matrix <c>P</c>: <c>[size, output]</c>.</summary>
    public WeightMatrix Projection => projection;

    /// <summary>The softmax over the words of the cluster, which reads what <see cref="Projection"/> makes; it has no bias.</summary>
    public SoftmaxLayer Softmax { get; } = new(words, new float[words.Rows]);

    /// <summary>The id of the cluster's first word.</summary>
    public int FirstWord => firstWord;

    /// <summary>The number of words of the cluster.</summary>
    public int Words => Softmax.Words;

    /// <summary><c>ln p(cluster) + ln p(word | cluster)</c> of every word of the cluster; rounding puts none above <c>ln p(cluster)</c>.</summary>
    /// <param name="hidden">The last layer's hidden state: <c>[output]</c>.</param>
    /// <param name="cluster">The logarithm of the cluster's probability.</param>
    /// <param name="destination">Receives the log-probabilities: <c>[words of the cluster]</c>.</param>
    public void LogProbabilities(ReadOnlySpan<float> hidden, float cluster, Span<float> destination)
    {
        var room = ArrayPool<float>.Shared.Rent(projection.Rows);
        var projected = room.AsSpan(0, projection.Rows);
        projected.Clear();
        projection.MultiplyAdd(hidden, projected);
        // The normalizer is never below the greatest value, so the difference, taken first, is never above zero.
        Softmax.LogProbabilities(projected, destination);
        ArrayPool<float>.Shared.Return(room);
        VectorFunctions.Subtract(-cluster, destination);
    }
}
