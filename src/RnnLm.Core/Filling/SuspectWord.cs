namespace RnnLm;

/// <summary>A word of a text that looks like a mistake.</summary>
/// <param name="Word">The word as it stands in the text.</param>
/// <param name="Position">Its place among the words of the text, from 0.</param>
/// <param name="LogOdds">
/// The natural logarithm of how many times as probable the text is with the best other word in its place, as far as the words behind it are looked at.
/// </param>
/// <param name="Suspicion">
/// The log-odds less what the word's rarity excuses, <see cref="SuspectOptions.Rarity"/> times the log-odds that the two words have elsewhere in the text:
/// suspects are ordered by it.
/// </param>
/// <param name="IsUnknown">Whether the vocabulary lacks the word.</param>
/// <param name="Alternatives">The words that would have been more probable, the most probable first: at least one, and five at most.</param>
public sealed record SuspectWord(string Word, int Position, double LogOdds, double Suspicion, bool IsUnknown, IReadOnlyList<SuspectAlternative> Alternatives)
{
    /// <summary>The word, and what would have been more probable, for people to read.</summary>
    public override string ToString()
        => FormattableString.Invariant($"{Word} at {Position}{(IsUnknown ? " (unknown)" : "")}: {string.Join(", ", Alternatives)}");
}
