namespace RnnLm;

/// <summary>The score of one word of a text.</summary>
/// <param name="Word">The word as it stands in the text.</param>
/// <param name="Id">The id it is read as; the unknown word's where the vocabulary lacks it, −1 where it is read as several pieces.</param>
/// <param name="LogProbability">The natural logarithm of its probability after the words before it; by the policy for unknown words a fixed value for these.</param>
/// <param name="IsCounted">Whether it is part of the text's score.</param>
public readonly record struct WordScore(string Word, int Id, double LogProbability, bool IsCounted)
{
    /// <summary>Whether the vocabulary lacks the word.</summary>
    public bool IsUnknown => Id == Vocabulary.UnknownId;

    /// <summary>
    /// The word's place in the order of probability, 1 where the model held it most probable; of equally probable words the one of lower id comes first. A word
    /// outside the vocabulary has that of the unknown word. Of a model of subwords it is the place among pieces, and null for a word of several. Null where <see cref="ScoringOptions.IncludeRanks"/> did not ask for it.
    /// </summary>
    public int? Rank { get; init; }

    /// <summary>
    /// The entropy of the prediction in whose place the word came, <c>−Σ p ln p</c> over the vocabulary, in nats: how much was open there, whatever came. Of a word of several pieces it is
    /// the sum of those of its pieces' predictions. Null where <see cref="ScoringOptions.IncludeEntropies"/> did not ask for it.
    /// </summary>
    public double? Entropy { get; init; }

    /// <summary>The word and its log-probability, for people to read.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{Word} {LogProbability:F3}{(Rank is { } rank ? FormattableString.Invariant($", rank {rank:N0}") : "")}{(Entropy is { } entropy ? FormattableString.Invariant($", entropy {entropy:F3}") : "")}{(IsUnknown ? " (unknown)" : "")}{(IsCounted ? "" : " (not counted)")}");
}
