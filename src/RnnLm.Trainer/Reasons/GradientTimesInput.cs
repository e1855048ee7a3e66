using System.Collections.Concurrent;
using RnnLm.Reasons;
using RnnLm.Training;

namespace RnnLm;

/// <summary>
/// Takes the gradient of the predicted word's log-probability with respect to each word's embedding, times the embedding: <c>e · ∂ log p(w) / ∂e</c>, to first order what
/// the word adds beside one whose embedding is zero (Simonyan 2013; Shrikumar 2017). One pass forward and one back explain all words, however many.
/// </summary>
/// <remarks>
/// It needs a model that is one network with weights in single precision; 8-bit weights, caches, n-gram models and ensembles are refused, and explained by
/// <see cref="LeaveOneOut"/>. An object that has explained something keeps room for the next time, of the size of the weights; it may be used by any number of threads at once, each of
/// which then has a room of its own.
/// </remarks>
public sealed class GradientTimesInput : ExplanationMethod
{
    private readonly ConcurrentQueue<EmbeddingGradients> idle = []; // those that nobody is using

    internal override string Name => "gradient times input";

    internal override void Check(Network? network)
    {
        const string Instead = "explain it by leaving words out (LeaveOneOut)";
        if (network is null)
            throw new NotSupportedException($"Gradients explain what one network predicts; this model has a cache, an n-gram model or members beside it: {Instead}.");
        if (network.IsQuantized)
            throw new NotSupportedException($"Gradients explain what a network with weights in single precision predicts; the weights of this one are of 8 bits: {Instead}.");
    }

    internal override (double Nats, double Probability)[] Measure(ExplainedPrediction prediction)
    {
        var network = prediction.Network!;
        prediction.CancellationToken.ThrowIfCancellationRequested();
        if (!idle.TryDequeue(out var gradients) || !gradients.AreOf(network)) gradients = new EmbeddingGradients(network);
        var nats = gradients.TimesInputs(prediction.Context.Span, prediction.Target.Span, prediction.First);
        idle.Enqueue(gradients);
        var probability = Math.Exp(prediction.LogProbability);
        // That of a word of several pieces is the sum of theirs; dp = p d(log p).
        return
        [
            .. prediction.Words.Select(word => nats[(word.Start - prediction.First)..(word.End - prediction.First)].Sum())
                .Select(value => (value, probability * value)),
        ];
    }
}
