namespace RnnLm;

/// <summary>A word that would have been more probable in a suspect's place.</summary>
/// <param name="Word">The word.</param>
/// <param name="LogOdds">
/// How much: the natural logarithm of how many times as probable the text is with this word, as far as the words behind it are looked at.
/// </param>
public readonly record struct SuspectAlternative(string Word, double LogOdds)
{
    /// <summary>The word and its log-odds, for people to read.</summary>
    public override string ToString() => FormattableString.Invariant($"{Word} +{LogOdds:F2}");
}
