namespace RnnLm.Training;

/// <summary>Adds up how well the words of a text were predicted.</summary>
internal sealed class PredictionTally
{
    private double logProbability;
    private long best;
    private long amongFive;

    /// <summary>Adds words.</summary>
    /// <param name="logProbabilities">The natural logarithms of their probabilities.</param>
    /// <param name="ranks">How many words were more probable than each.</param>
    public void Add(ReadOnlySpan<double> logProbabilities, ReadOnlySpan<int> ranks)
    {
        for (var word = 0; word < ranks.Length; word++)
        {
            logProbability += logProbabilities[word];
            if (ranks[word] < 1) best++;
            if (ranks[word] < 5) amongFive++;
        }
    }

    /// <summary>The figures of a text all of whose words have been added.</summary>
    public LanguageModelMetrics ToMetrics(TokenStream text) => new()
    {
        Context = EvaluationContext.OneStream,
        Words = text.Count,
        Unknown = text.Ids.Span.Count(Vocabulary.UnknownId),
        CrossEntropy = -logProbability / text.Count,
        AccuracyAt1 = (double)best / text.Count,
        AccuracyAt5 = (double)amongFive / text.Count,
    };
}
