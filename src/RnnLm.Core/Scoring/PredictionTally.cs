namespace RnnLm.Scoring;

/// <summary>Adds up how well the words of a text were predicted.</summary>
internal sealed class PredictionTally
{
    private long best;
    private long amongThree;
    private long amongFive;

    /// <summary>The sum of the natural logarithms of their probabilities.</summary>
    public double LogProbability { get; private set; }

    /// <summary>Adds words, in the order of the text, so that the sums do not depend on which thread was first.</summary>
    /// <param name="logProbabilities">The natural logarithms of their probabilities.</param>
    /// <param name="ranks">How many words were more probable than each.</param>
    public void Add(ReadOnlySpan<double> logProbabilities, ReadOnlySpan<int> ranks)
    {
        for (var word = 0; word < ranks.Length; word++)
        {
            LogProbability += logProbabilities[word];
            if (ranks[word] < 1) best++;
            if (ranks[word] < 3) amongThree++;
            if (ranks[word] < 5) amongFive++;
        }
    }

    /// <summary>The figures of a text all of whose words have been added.</summary>
    /// <param name="ids">The words' ids.</param>
    /// <param name="context">What each of them was predicted from.</param>
    public LanguageModelMetrics ToMetrics(ReadOnlyMemory<int> ids, EvaluationContext context) => new()
    {
        Context = context,
        Words = ids.Length,
        Unknown = ids.Span.Count(Vocabulary.UnknownId),
        CrossEntropy = -LogProbability / ids.Length,
        AccuracyAt1 = (double)best / ids.Length,
        AccuracyAt3 = (double)amongThree / ids.Length,
        AccuracyAt5 = (double)amongFive / ids.Length,
    };
}
