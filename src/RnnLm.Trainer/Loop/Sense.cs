namespace RnnLm.Training;

/// <summary>
/// Tells weights that a network can have learned from those of one that has diverged, which are never kept. A run may pass through such weights
/// at the end of one epoch and recover within the next; after two epochs in a row, or where the perplexity is no number any more, it is lost.
/// </summary>
/// <param name="vocabularySize">The number of words.</param>
internal sealed class Sense(int vocabularySize)
{
    // A network that knows nothing at all has the perplexity of a guess; one that is a thousand times worse has been taught wrong.
    private const double GreatestPerplexityPerGuess = 1_000;

    private const int MostEpochsInARow = 1;

    private readonly double guess = Math.Log(vocabularySize);
    private int epochsInARow;

    /// <summary>Whether a mean loss of a word, in nats, is a finite number, and not absurd.</summary>
    public bool Holds(double loss) => loss <= guess + Math.Log(GreatestPerplexityPerGuess);

    /// <summary>Whether a run is lost after a further epoch, whose weights have that mean loss.</summary>
    public bool IsLostAfter(double loss)
    {
        epochsInARow = Holds(loss) ? 0 : epochsInARow + 1;
        return epochsInARow > MostEpochsInARow || !double.IsFinite(Math.Exp(loss));
    }

    public void Save(TrainingState state) => state.Set("epochs_in_a_row", epochsInARow);

    public void Restore(TrainingState state) => epochsInARow = (int)Math.Min(state.GetWhole("epochs_in_a_row"), MostEpochsInARow);

    /// <summary>Why it does not.</summary>
    public string WhyNot(double loss) => Invariant($"the loss is {loss:G4} a word, and {guess:G3} where all words are equally probable");
}
