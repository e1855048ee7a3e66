namespace RnnLm;

/// <summary>A word of a continuation.</summary>
/// <param name="Word">The word.</param>
/// <param name="Id">Its id in the vocabulary.</param>
/// <param name="LogProbability">The natural logarithm of the probability the model gives it, before temperature and cuts.</param>
public readonly record struct GeneratedWord(string Word, int Id, double LogProbability)
{
    /// <summary>The word and its probability, for people to read.</summary>
    public override string ToString() => FormattableString.Invariant($"{Word} {Math.Exp(LogProbability):P1}");
}
