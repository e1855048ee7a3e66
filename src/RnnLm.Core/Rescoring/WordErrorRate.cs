using RnnLm.Rescoring;
using RnnLm.Wording;

namespace RnnLm;

/// <summary>
/// How far texts are from what was really said: the fewest substitutions, deletions and insertions that make the references of the hypotheses' words, and of these
/// alignments the one with the fewest substitutions, so with the most words right (Levenshtein, 1966). Two of them are added up by <c>+</c>.
/// </summary>
/// <param name="Substitutions">The number of words that are others.</param>
/// <param name="Deletions">The number of words of the references that are missing.</param>
/// <param name="Insertions">The number of words too many.</param>
/// <param name="ReferenceWords">The number of words of the references.</param>
/// <param name="Texts">The number of texts.</param>
/// <param name="WrongTexts">The number of texts with an error.</param>
public readonly record struct WordErrorRate(long Substitutions, long Deletions, long Insertions, long ReferenceWords, long Texts, long WrongTexts)
{
    /// <summary>The number of errors.</summary>
    public long Errors => Substitutions + Deletions + Insertions;

    /// <summary>The number of words of the references that are right.</summary>
    public long Correct => ReferenceWords - Substitutions - Deletions;

    /// <summary>
    /// Errors for each word of the references, which is above 1 where there are more errors than words; where the references have no word, infinite, or not a number
    /// where there is no error either.
    /// </summary>
    public double Rate => (double)Errors / ReferenceWords;

    /// <summary>The share of texts with an error; not a number where there is no text.</summary>
    public double TextErrorRate => (double)WrongTexts / Texts;

    /// <summary>Holds a text against what was really said. Two ways to write a character, as an é of one code point or of two, are one.</summary>
    /// <param name="reference">What was really said.</param>
    /// <param name="hypothesis">The text.</param>
    /// <param name="unit">What is counted.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="unit"/> is no <see cref="ErrorUnit"/>.</exception>
    public static WordErrorRate Of(string reference, string hypothesis, ErrorUnit unit = ErrorUnit.Words)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(hypothesis);
        return Of(ErrorUnits.Of(reference, unit), ErrorUnits.Of(hypothesis, unit));
    }

    /// <summary>Holds words against those that were really said.</summary>
    /// <param name="reference">The words that were really said.</param>
    /// <param name="hypothesis">The words.</param>
    public static WordErrorRate Of(IReadOnlyList<string> reference, IReadOnlyList<string> hypothesis)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(hypothesis);
        var (errors, substitutions) = Alignment.FewestErrors(reference, hypothesis);
        // What is inserted more than deleted is what the hypothesis is longer by.
        var more = hypothesis.Count - reference.Count;
        var deletions = (errors - substitutions - more) / 2;
        return new WordErrorRate(substitutions, deletions, deletions + more, reference.Count, 1, errors > 0 ? 1 : 0);
    }

    /// <summary>The errors of both together.</summary>
    public static WordErrorRate operator +(WordErrorRate left, WordErrorRate right) => new(
        left.Substitutions + right.Substitutions, left.Deletions + right.Deletions, left.Insertions + right.Insertions, left.ReferenceWords + right.ReferenceWords,
        left.Texts + right.Texts, left.WrongTexts + right.WrongTexts);

    /// <summary>The errors of both together.</summary>
    public static WordErrorRate Add(WordErrorRate left, WordErrorRate right) => left + right;

    /// <summary>The errors of all together.</summary>
    /// <param name="rates">The errors of each.</param>
    public static WordErrorRate Sum(IEnumerable<WordErrorRate> rates)
    {
        ArgumentNullException.ThrowIfNull(rates);
        return rates.Aggregate(default(WordErrorRate), Add);
    }

    /// <summary>The rate and what it is of, for people to read.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{100 * Rate:F2}% ({CountText.Of(Errors, "error")} in {ReferenceWords:N0}: {Substitutions:N0} substituted, {Deletions:N0} deleted, {Insertions:N0} inserted)");
}
