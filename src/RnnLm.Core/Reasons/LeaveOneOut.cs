using RnnLm.Faults;
using RnnLm.Reasons;

namespace RnnLm;

/// <summary>
/// Reads the context again without the word, once for each word, and takes the difference: <c>log p(w | c) − log p(w | c without the word)</c> (erasure, Li,
/// Monroe and Jurafsky 2016). It is exact, and works with every model: 8-bit weights, caches, n-gram models and ensembles too.
/// </summary>
/// <remarks>
/// Of <c>n</c> explained words at the end of a context it takes some <c>n² / 2</c> words to read, since what two contexts begin with is read once, and the output layer
/// <c>n + 1</c> times. The contexts are read together.
/// </remarks>
public sealed class LeaveOneOut : ExplanationMethod
{
    // Enough for full batches on many threads, and few enough that the contexts of a long text are never all there.
    private const int ContextsAtOnce = 1024;

    /// <summary>
    /// Whether the unknown word is read in the place of the one that is left out, so that all others stay as far from the prediction as they are. A word outside the
    /// vocabulary, which is read as the unknown word, then has no influence.
    /// </summary>
    /// <value>The default is false: the words after it move up.</value>
    public bool KeepsPlace { get; set; }

    /// <summary>The number of threads; at least 1. No more are used than there is work for, and none of it changes a result.</summary>
    /// <value>Null, the default, means one for each processor.</value>
    public int? Threads { get; set; }

    internal override string Name => KeepsPlace ? "each word replaced by the unknown word" : "each word left out";

    internal override void AddFaults(OptionFaults faults) => faults.RequireAtLeast(nameof(Threads), Threads, 1);

    internal override (double Nats, double Probability)[] Measure(ExplainedPrediction prediction)
    {
        var (context, batch) = (prediction.Context, new BatchOptions { Threads = Threads, CancellationToken = prediction.CancellationToken });
        return
        [
            .. prediction.Words.Chunk(ContextsAtOnce)
                .SelectMany(words => prediction.LogProbabilitiesAfter([.. words.Select(word => Without(context.Span, word))], batch))
                .Select(without => (prediction.LogProbability - without, Math.Exp(prediction.LogProbability) - Math.Exp(without))),
        ];
    }

    private int[] Without(ReadOnlySpan<int> context, (int Start, int End) word)
        => [.. context[..word.Start], .. KeepsPlace ? [Vocabulary.UnknownId] : ReadOnlySpan<int>.Empty, .. context[word.End..]];
}
