namespace RnnLm;

/// <summary>A word that may come next.</summary>
/// <param name="Word">The word.</param>
/// <param name="Id">Its id in the vocabulary.</param>
/// <param name="Probability">Its probability among all words of the vocabulary, from 0 to 1.</param>
public readonly record struct NextWordPrediction(string Word, int Id, double Probability)
{
    /// <summary>The word and its probability, for people to read.</summary>
    public override string ToString() => FormattableString.Invariant($"{Word} {Probability:P1}");
}
