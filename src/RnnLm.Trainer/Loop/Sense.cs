namespace RnnLm.Training;

/// <summary>
/// Tells weights that a network can have learned from those of one that has diverged. A run may pass through such weights and recover, so they
/// do not end it; but they are never kept.
/// </summary>
/// <param name="vocabularySize">The number of words.</param>
internal sealed class Sense(int vocabularySize)
{
    // A network that knows nothing at all has the perplexity of a guess; one that is a thousand times worse has been taught wrong.
    private const double GreatestPerplexityPerGuess = 1_000;

    private readonly double guess = Math.Log(vocabularySize);

    /// <summary>Whether a mean loss of a word, in nats, is a finite number, and not absurd.</summary>
    public bool Holds(double loss) => loss <= guess + Math.Log(GreatestPerplexityPerGuess);

    /// <summary>Why it does not.</summary>
    public string WhyNot(double loss) => Invariant($"the loss is {loss:G4} a word, and {guess:G3} where all words are equally probable");
}
