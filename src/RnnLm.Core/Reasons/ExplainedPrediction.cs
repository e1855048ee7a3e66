namespace RnnLm.Reasons;

/// <summary>A prediction to be explained, as an <see cref="ExplanationMethod"/> sees it.</summary>
/// <param name="context">The words read before it.</param>
/// <param name="words">Where in them the words begin and end that are to be explained, which are the last; of a model of subwords, words are several pieces.</param>
/// <param name="target">What is predicted: one word, or several that follow one another.</param>
/// <param name="logProbability">The natural logarithm of its probability.</param>
/// <param name="network">The model's network; null where the model's probabilities are not those of one network.</param>
/// <param name="scorer">Gives the log-probability of the target after each of other contexts.</param>
/// <param name="cancellationToken">Ends it early.</param>
internal sealed class ExplainedPrediction(
    ReadOnlyMemory<int> context, (int Start, int End)[] words, ReadOnlyMemory<int> target, double logProbability, Network? network,
    ExplainedPrediction.Scorer scorer, CancellationToken cancellationToken)
{
    /// <summary>Gives the log-probability of the target after each of some contexts.</summary>
    public delegate double[] Scorer(IReadOnlyList<int[]> contexts, BatchOptions batch);

    /// <summary>The words read before the prediction.</summary>
    public ReadOnlyMemory<int> Context => context;

    /// <summary>Where in them the words begin and end that are to be explained.</summary>
    public IReadOnlyList<(int Start, int End)> Words => words;

    /// <summary>Where in them the first of these begins.</summary>
    public int First => words.Length > 0 ? words[0].Start : context.Length;

    /// <summary>What is predicted: one word, or several that follow one another.</summary>
    public ReadOnlyMemory<int> Target => target;

    /// <summary>The natural logarithm of its probability.</summary>
    public double LogProbability => logProbability;

    /// <summary>The model's network; null where the model's probabilities are not those of one network.</summary>
    public Network? Network => network;

    /// <summary>Ends the work early.</summary>
    public CancellationToken CancellationToken => cancellationToken;

    /// <summary>The log-probability of the target after each of other contexts, which are read together.</summary>
    public double[] LogProbabilitiesAfter(IReadOnlyList<int[]> contexts, BatchOptions batch) => scorer(contexts, batch);
}
