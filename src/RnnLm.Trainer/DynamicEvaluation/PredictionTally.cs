namespace RnnLm.Training;

/// <summary>Adds up how well the words of a text were predicted.</summary>
internal sealed class PredictionTally
{
    private double logProbability;
    private long best;
    private long amongFive;

    /// <summary>Adds the words of a window.</summary>
    public void Add(PredictionLoss predicted)
    {
        for (var word = 0; word < predicted.Ranks.Length; word++) Add(predicted.LogProbabilities[word], predicted.Ranks[word]);
    }

    /// <summary>Adds a word.</summary>
    /// <param name="logProbability">The natural logarithm of its probability.</param>
    /// <param name="rank">How many words were more probable.</param>
    public void Add(double logProbability, int rank)
    {
        this.logProbability += logProbability;
        if (rank < 1) best++;
        if (rank < 5) amongFive++;
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
