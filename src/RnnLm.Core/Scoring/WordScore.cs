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

    /// <summary>The word and its log-probability, for people to read.</summary>
    public override string ToString()
        => FormattableString.Invariant($"{Word} {LogProbability:F3}{(IsUnknown ? " (unknown)" : "")}{(IsCounted ? "" : " (not counted)")}");
}
