namespace RnnLm.Scoring;

/// <summary>What is found of each word of a text: its log-probability, and where asked for its rank and the entropy of its prediction.</summary>
/// <param name="count">The number of words.</param>
/// <param name="withRanks">Whether ranks are asked for.</param>
/// <param name="withEntropies">Whether entropies are asked for.</param>
internal sealed class WordMeasures(int count, bool withRanks, bool withEntropies)
{
    /// <summary>Those that options ask for.</summary>
    public WordMeasures(int count, ScoringOptions options)
        : this(count, options.IncludeRanks, options.IncludeEntropies)
    {
    }

    /// <summary>The natural logarithms of the words' probabilities.</summary>
    public double[] LogProbabilities { get; } = new double[count];

    /// <summary>How many words come before each in the order of probability; null where that is not asked for.</summary>
    public int[]? Ranks { get; } = withRanks ? new int[count] : null;

    /// <summary>The entropies of the predictions, in nats; null where they are not asked for.</summary>
    public double[]? Entropies { get; } = withEntropies ? new double[count] : null;

    /// <summary>Whether whole distributions must be worked out, and not the probabilities of the words alone.</summary>
    public bool NeedDistributions => withRanks || withEntropies;
}
