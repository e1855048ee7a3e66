namespace RnnLm.Training;

/// <summary>
/// Whether a run that is broken off within its first epoch has learned anything: whether the perplexity of all words so far is lower, by a
/// fifth at least, than that of the words it began with.
/// </summary>
/// <param name="epochWords">The number of words of an epoch.</param>
internal sealed class LearningEvidence(long epochWords)
{
    private const double LeastGain = 0.223; // −ln 0.8
    private const long MostFirstWords = 1_000;
    private const double MostFirstShare = 0.1;

    private double firstLoss;
    private long firstWords;

    /// <summary>Follows the epoch from its first step on.</summary>
    /// <param name="loss">The loss of all words so far.</param>
    /// <param name="words">Their number.</param>
    public void Follow(double loss, long words)
    {
        // A whole step at least, or the beginning would be no text but chance.
        if (firstWords < Math.Min(MostFirstWords, epochWords * MostFirstShare)) (firstLoss, firstWords) = (loss, words);
    }

    /// <summary>Whether that is the mean loss of a network that has learned.</summary>
    public bool IsOf(double meanLoss) => firstWords > 0 && meanLoss <= (firstLoss / firstWords) - LeastGain;
}
