namespace RnnLm;

/// <summary>How much one word of a context moved a prediction.</summary>
/// <param name="Word">The word as it stands in the text.</param>
/// <param name="Id">The id it is read as; the unknown word's where the vocabulary lacks it.</param>
/// <param name="Position">Its place among the words of the text, from 0.</param>
/// <param name="Nats">By how much the word raises the natural logarithm of the predicted word's probability; below 0 where it lowers it.</param>
/// <param name="Probability">By how much the word raises the predicted word's probability; below 0 where it lowers it.</param>
public readonly record struct WordInfluence(string Word, int Id, int Position, double Nats, double Probability)
{
    /// <summary>The word and its influence, for people to read.</summary>
    public override string ToString() => FormattableString.Invariant($"{Word} {Nats:+0.000;-0.000;0.000}");
}
