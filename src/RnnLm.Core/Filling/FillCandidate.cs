namespace RnnLm;

/// <summary>What a gap in a text may be filled with.</summary>
/// <param name="Words">The word, or the words.</param>
/// <param name="Text">The whole text with them in the place of the gap.</param>
/// <param name="LogProbability">The natural logarithm of the probability of the whole text, as <see cref="LanguageModel.Score(string, ScoringOptions, CancellationToken)"/> gives it.</param>
/// <param name="Probability">Its share among all candidates that were tried, from 0 to 1.</param>
/// <param name="UnknownCount">How many words of the whole text are outside the vocabulary.</param>
public readonly record struct FillCandidate(string Words, string Text, double LogProbability, double Probability, int UnknownCount)
{
    /// <summary>The words and their share, for people to read.</summary>
    public override string ToString() => FormattableString.Invariant($"{Words} {Probability:P1}");
}
