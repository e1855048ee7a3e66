using System.Buffers;
using RnnLm.Numerics;

namespace RnnLm.Inference;

/// <summary>
/// An adaptive softmax (Grave 2017): a head of the most frequent words and an entry for each cluster of the others, and a tail for each
/// cluster. Only its log-probabilities rank words across clusters, so these are its logits: their softmax is the distribution itself.
/// </summary>
internal sealed class AdaptiveSoftmaxLayer : OutputLayer
{
    private readonly AdaptiveSoftmaxTail[] tails;

    /// <param name="shape">How the vocabulary is divided.</param>
    /// <param name="head">The head: its words, and after them an entry for each tail.</param>
    /// <param name="tails">The tails, in the order of their words.</param>
    public AdaptiveSoftmaxLayer(AdaptiveSoftmaxShape shape, SoftmaxLayer head, IEnumerable<AdaptiveSoftmaxTail> tails)
    {
        Shape = shape;
        Head = head;
        this.tails = [.. tails];
    }

    /// <summary>How the vocabulary is divided.</summary>
    public AdaptiveSoftmaxShape Shape { get; }

    /// <summary>The head: its words, and after them an entry for each tail.</summary>
    public SoftmaxLayer Head { get; }

    /// <summary>The tails, in the order of their words.</summary>
    public ReadOnlySpan<AdaptiveSoftmaxTail> Tails => tails;

    public override int Words => tails[^1].FirstWord + tails[^1].Words;

    public override void Logits(ReadOnlySpan<float> hidden, Span<float> destination) => LogProbabilities(hidden, destination);

    public override void LogProbabilities(ReadOnlySpan<float> hidden, Span<float> destination)
        => LogProbabilitiesOfBest(hidden, destination.Length, destination);

    public override void LogitsOfBest(ReadOnlySpan<float> hidden, int count, Span<float> destination)
        => LogProbabilitiesOfBest(hidden, count, destination);

    public override void LogProbabilitiesOfBest(ReadOnlySpan<float> hidden, int count, Span<float> destination)
    {
        var room = ArrayPool<float>.Shared.Rent(Head.Words);
        var head = room.AsSpan(0, Head.Words);
        Head.LogProbabilities(hidden, head);
        head[..Shape.HeadWords].CopyTo(destination);
        for (var index = 0; index < tails.Length; index++)
        {
            var tail = tails[index];
            var cluster = head[Shape.HeadWords + index];
            var ofTail = destination.Slice(tail.FirstWord, tail.Words);
            // No word of a cluster is more probable than the cluster.
            if (cluster < LeastOfBest(destination[..tail.FirstWord], count)) ofTail.Fill(float.NegativeInfinity);
            else tail.LogProbabilities(hidden, cluster, ofTail);
        }
        ArrayPool<float>.Shared.Return(room);
    }

    public override void LogProbabilitiesOfBest(MatrixView hidden, int count, LogitWork work)
    {
        var room = ArrayPool<float>.Shared.Rent(Words);
        for (var state = 0; state < hidden.Rows; state++)
        {
            LogProbabilitiesOfBest(hidden.Row(state), count, room.AsSpan(0, Words));
            work(state, room.AsSpan(0, Words));
        }
        ArrayPool<float>.Shared.Return(room);
    }

    public override void Distributions(MatrixView hidden, DistributionWork work)
        => LogProbabilitiesOfBest(hidden, Words, (state, logProbabilities) => work(state, logProbabilities, normalizer: 0));

    public override WordScorer CreateScorer(int capacity) => new AdaptiveSoftmaxScorer(this, capacity);

    /// <summary>The least of the so many greatest values; negative infinity where there are not so many.</summary>
    private static float LeastOfBest(ReadOnlySpan<float> values, int count)
    {
        if (count > values.Length) return float.NegativeInfinity;
        var room = ArrayPool<int>.Shared.Rent(count);
        var best = room.AsSpan(0, count);
        var least = VectorFunctions.TopK(values, best) < count ? float.NegativeInfinity : values[best[^1]];
        ArrayPool<int>.Shared.Return(room);
        return least;
    }
}
